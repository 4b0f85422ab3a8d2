// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>The extended attributes of a file: a header, and one attribute behind the other (ECMA-167, 3rd edition, 4/14.10).</summary>
internal static class ExtendedAttributes
{
    private const int HeaderLength = 24; // tag, and where the attributes of implementations and of applications begin (4/14.10.1)
    private const int FixedLength = 12; // type, subtype, reserved, length (4/14.10.2)
    private const uint FileTimes = 5; // 4/14.10.5
    private const uint ImplementationUse = 2048; // 4/14.10.8
    private const uint ApplicationUse = 65536; // 4/14.10.9
    private const int IdentifierOffset = 16;
    private const int IdentifierLength = 32;

    // They hold nothing of the file's own: room to grow, a length, what a DVD allows to be copied, and what a Macintosh keeps of the whole
    // volume (UDF 1.50 §3.3.4.5, UDF 2.60 §3.3.4.5, §3.3.4.6).
    private static readonly string[] WithoutContent =
    [
        "*UDF FreeEASpace", "*UDF FreeAppEASpace", "*UDF OS/2 EALength", "*UDF DVD CGMS Info", "*UDF Mac VolumeInfo", "*UDF Mac UniqueIDTable",
    ];

    /// <summary>Finds the attributes that implementations and applications have put there.</summary>
    /// <param name="space">The header and the attributes.</param>
    /// <returns>Of each, its identifier, and where its data begin and how long they are, in bytes of <paramref name="space"/>.</returns>
    /// <remarks>The data begin with a checksum of the identifier (UDF 2.60 §3.3.4.5), which belongs to them.</remarks>
    public static List<(string Name, int Offset, int Length)> Find(ReadOnlySpan<byte> space)
    {
        List<(string Name, int Offset, int Length)> found = [];
        for (int at = HeaderLength; TryNext(space, at, out uint type, out int length); at += length)
        {
            const int data = IdentifierOffset + IdentifierLength;
            ReadOnlySpan<byte> attribute = space.Slice(at, length);
            if (type is not (ImplementationUse or ApplicationUse) || length < data)
            {
                continue;
            }

            string name = UdfText.Identifier(attribute.At(rbp: IdentifierOffset, length: IdentifierLength));
            uint used = BinaryPrimitives.ReadUInt32LittleEndian(attribute.At(rbp: 12));
            if (used > 0 && name.Length > 0 && !WithoutContent.Contains(name))
            {
                found.Add((name, at + data, (int)Math.Min(used, (uint)(length - data))));
            }
        }

        return found;
    }

    /// <summary>When the file came into being (4/14.10.5); null where no attribute says so.</summary>
    /// <param name="space">The header and the attributes.</param>
    public static DateTimeOffset? Created(ReadOnlySpan<byte> space)
    {
        const int existence = 16;
        const int times = 20;
        for (int at = HeaderLength; TryNext(space, at, out uint type, out int length); at += length)
        {
            if (type == FileTimes && length >= times + 12 && (space[at..].At(rbp: existence)[0] & 1) != 0)
            {
                return UdfText.Time(space[at..].At(rbp: times, length: 12));
            }
        }

        return null;
    }

    private static bool TryNext(ReadOnlySpan<byte> space, int at, out uint type, out int length)
    {
        (type, length) = (0, 0);
        if (at > space.Length - FixedLength || !DescriptorTag.Is(space, TagId.ExtendedAttributeHeader))
        {
            return false;
        }

        type = BinaryPrimitives.ReadUInt32LittleEndian(space[at..].At(rbp: 0));
        uint claimed = BinaryPrimitives.ReadUInt32LittleEndian(space[at..].At(rbp: 8));
        length = (int)Math.Min(claimed, (uint)space.Length);
        return claimed >= FixedLength && claimed <= space.Length - at;
    }
}
