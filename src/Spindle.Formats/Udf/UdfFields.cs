// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Formats.Udf;

/// <summary>Writes the parts that all descriptors of UDF are made of.</summary>
public static class UdfFields
{
    /// <summary>Bytes of an extent at most: below 2^30, and whole blocks (ECMA-167 4/14.14.1.1).</summary>
    public const long MaximumExtent = 0x3FFF_F800;

    private const ushort Serial = 1;

    /// <summary>Writes the tag of a descriptor whose other bytes are complete (ECMA-167 3/7.2).</summary>
    /// <param name="descriptor">All of its bytes that count, the tag's included.</param>
    /// <param name="id">What it is.</param>
    /// <param name="revision">Revision of UDF, which says which edition of the standard.</param>
    /// <param name="location">Block that it begins in, of the volume or of its partition.</param>
    public static void WriteTag(Span<byte> descriptor, int id, UdfRevision revision, long location)
    {
        Span<byte> tag = descriptor[..DescriptorTag.Length];
        tag.Clear();
        ReadOnlySpan<byte> body = descriptor[DescriptorTag.Length..];
        BinaryPrimitives.WriteUInt16LittleEndian(tag.At(rbp: 0), (ushort)id);
        BinaryPrimitives.WriteUInt16LittleEndian(tag.At(rbp: 2), (ushort)(revision == UdfRevision.Udf102 ? 2 : 3));
        BinaryPrimitives.WriteUInt16LittleEndian(tag.At(rbp: 6), Serial);
        BinaryPrimitives.WriteUInt16LittleEndian(tag.At(rbp: 8), DescriptorTag.CrcOf(body));
        BinaryPrimitives.WriteUInt16LittleEndian(tag.At(rbp: 10), (ushort)body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(tag.At(rbp: 12), (uint)location);
        int sum = 0;
        foreach (byte value in tag)
        {
            sum += value;
        }

        tag.At(rbp: 4)[0] = (byte)(sum & 0xFF);
    }

    /// <summary>Writes a 16-bit number at a position of the standard.</summary>
    public static void Write16(Span<byte> descriptor, int rbp, int value) => BinaryPrimitives.WriteUInt16LittleEndian(descriptor.At(rbp: rbp), (ushort)value);

    /// <summary>Writes a 32-bit number at a position of the standard.</summary>
    public static void Write32(Span<byte> descriptor, int rbp, long value) => BinaryPrimitives.WriteUInt32LittleEndian(descriptor.At(rbp: rbp), (uint)value);

    /// <summary>Writes a 64-bit number at a position of the standard.</summary>
    public static void Write64(Span<byte> descriptor, int rbp, long value) => BinaryPrimitives.WriteUInt64LittleEndian(descriptor.At(rbp: rbp), (ulong)value);

    /// <summary>Writes a field whose last byte is its length (UDF 2.60 §2.1.3); what does not fit is cut.</summary>
    public static void WriteString(Span<byte> field, string text)
    {
        Span<byte> encoded = stackalloc byte[1 + (2 * 256)];
        ReadOnlySpan<char> rest = text.AsSpan(0, Math.Min(text.Length, 256));
        int length = UdfNameForm.Write(rest, encoded);
        while (length > field.Length - 1)
        {
            rest = rest[..(char.IsLowSurrogate(rest[^1]) ? ^2 : ^1)];
            length = UdfNameForm.Write(rest, encoded);
        }

        encoded[..length].CopyTo(field);
        field[^1] = (byte)length;
    }

    /// <summary>Writes the character set that UDF has (UDF 2.60 §2.1.2).</summary>
    public static void WriteCharacterSet(Span<byte> field) => "OSTA Compressed Unicode"u8.CopyTo(field.At(rbp: 1));

    /// <summary>Writes the identifier of an entity (ECMA-167 1/7.4).</summary>
    public static void WriteIdentifier(Span<byte> field, ReadOnlySpan<byte> identifier) => identifier.CopyTo(field.At(rbp: 1));

    /// <summary>Writes who wrote this: <c>*Spindle</c>, on no particular system (UDF 2.60 §2.1.5.3).</summary>
    public static void WriteImplementation(Span<byte> field) => WriteIdentifier(field, "*Spindle"u8);

    /// <summary>Writes the identifier of an application: 23 characters of ASCII.</summary>
    public static void WriteApplication(Span<byte> field, string application)
    {
        string text = application.Length == 0 ? "*Spindle" : $"*{application}";
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, 23)), field.At(rbp: 1));
    }

    /// <summary>Writes an identifier of UDF's own, with the revision (UDF 2.60 §2.1.5.3).</summary>
    public static void WriteUdfIdentifier(Span<byte> field, ReadOnlySpan<byte> identifier, UdfRevision revision)
    {
        WriteIdentifier(field, identifier);
        Write16(field, rbp: 24, (int)revision);
    }

    /// <summary>Writes the domain: UDF, write-protected in hardware and software (UDF 2.60 §2.1.5.3).</summary>
    public static void WriteDomain(Span<byte> field, UdfRevision revision)
    {
        WriteUdfIdentifier(field, "*OSTA UDF Compliant"u8, revision);
        field.At(rbp: 26)[0] = 3;
    }

    /// <summary>Writes a long allocation descriptor (ECMA-167 4/14.14.2).</summary>
    /// <param name="field">16 bytes.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="block">First block in the partition.</param>
    /// <param name="partition">Which partition.</param>
    /// <param name="uniqueId">In a name: the low half of the unique number of what it stands for (UDF 2.60 §2.3.4.3).</param>
    public static void WriteLongAllocation(Span<byte> field, long length, long block, int partition, long uniqueId = 0)
    {
        Write32(field, rbp: 0, length);
        Write32(field, rbp: 4, block);
        Write16(field, rbp: 8, partition);
        Write32(field, rbp: 12, uniqueId);
    }
}
