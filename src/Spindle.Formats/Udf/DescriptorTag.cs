// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>The sixteen bytes that begin every descriptor (ECMA-167, 3rd edition, 3/7.2, 4/7.2). Positions are its "RBP", from 0.</summary>
public readonly ref struct DescriptorTag
{
    /// <summary>Bytes of a tag.</summary>
    public const int Length = 16;

    private const int CrcSlices = 8; // bytes that the CRC takes at once

    private static readonly ushort[] CrcTable = MakeCrcTable();
    private readonly ReadOnlySpan<byte> _bytes;

    private DescriptorTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What the descriptor is (7.2.1).</summary>
    public int Identifier => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 0));

    /// <summary>2 for the standard's second edition, 3 for its third (7.2.2).</summary>
    public int Version => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 2));

    /// <summary>Tells runs of the same volume apart (7.2.5).</summary>
    public int SerialNumber => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 6));

    /// <summary>CRC of the bytes behind the tag (7.2.6).</summary>
    public int Crc => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 8));

    /// <summary>How many bytes the CRC is of (7.2.7).</summary>
    public int CrcLength => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: 10));

    /// <summary>Block that the descriptor lies in, of the volume or of its partition (7.2.8).</summary>
    public uint Location => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: 12));

    /// <summary>Reads the tag of a descriptor, and holds checksum and CRC against its bytes.</summary>
    /// <param name="descriptor">The descriptor, or all of its block.</param>
    /// <param name="position">Address of the descriptor on the disc, in bytes.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    /// <param name="tag">The tag.</param>
    /// <returns>
    /// False where the checksum is wrong: then this is no descriptor. A wrong CRC is a finding, and the descriptor is still
    /// the best that there is; <see cref="IsIntact"/> tells.
    /// </returns>
    public static bool TryRead(ReadOnlySpan<byte> descriptor, long position, Findings findings, out DescriptorTag tag)
    {
        tag = default;
        if (descriptor.Length < Length)
        {
            return false;
        }

        DescriptorTag candidate = new(descriptor[..Length]);
        if (Checksum(descriptor) != descriptor.At(rbp: 4)[0])
        {
            findings.Add(UdfRules.TagChecksum, position, $"checksum {descriptor.At(rbp: 4)[0]} where the bytes give {Checksum(descriptor)}");
            return false;
        }

        if (!candidate.IsIntact(descriptor))
        {
            findings.Add(UdfRules.DescriptorCrc, position, $"the CRC of descriptor {candidate.Identifier} is not that of its {candidate.CrcLength} bytes");
        }

        tag = candidate;
        return true;
    }

    /// <summary>Whether the CRC is that of the bytes behind the tag.</summary>
    public bool IsIntact(ReadOnlySpan<byte> descriptor) =>
        CrcLength <= descriptor.Length - Length && CrcOf(descriptor.Slice(Length, CrcLength)) == Crc;

    /// <summary>Whether the CRC in the tag that begins bytes is that of the bytes behind it.</summary>
    internal static bool IsIntactAs(ReadOnlySpan<byte> descriptor) => new DescriptorTag(descriptor[..Length]).IsIntact(descriptor);

    /// <summary>Whether bytes begin with a tag of one kind whose checksum is right; says nothing of what is not.</summary>
    internal static bool Is(ReadOnlySpan<byte> descriptor, int identifier) =>
        descriptor.Length >= Length && BinaryPrimitives.ReadUInt16LittleEndian(descriptor.At(rbp: 0)) == identifier
        && Checksum(descriptor) == descriptor.At(rbp: 4)[0];

    /// <summary>CRC-CCITT: polynomial 0x1021, from 0, high bit first (7.2.6).</summary>
    internal static ushort CrcOf(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        ReadOnlySpan<ushort> table = CrcTable;
        for (; bytes.Length >= CrcSlices; bytes = bytes[CrcSlices..])
        {
            crc = table[0x700 + (bytes[0] ^ (crc >> 8))] ^ table[0x600 + (bytes[1] ^ (crc & 0xFF))] ^ table[0x500 + bytes[2]] ^ table[0x400 + bytes[3]]
                ^ table[0x300 + bytes[4]] ^ table[0x200 + bytes[5]] ^ table[0x100 + bytes[6]] ^ table[bytes[7]];
        }

        foreach (byte value in bytes)
        {
            crc = ((crc << 8) & 0xFFFF) ^ table[(crc >> 8) ^ value];
        }

        return (ushort)crc;
    }

    private static byte Checksum(ReadOnlySpan<byte> tag)
    {
        int sum = 0;
        for (int index = 0; index < Length; index++)
        {
            sum += index == 4 ? 0 : tag[index];
        }

        return (byte)(sum & 0xFF);
    }

    /// <summary>What a byte does to the CRC that stands before it; then what it does with one zero behind it, with two, and so on.</summary>
    private static ushort[] MakeCrcTable()
    {
        ushort[] table = new ushort[256 * CrcSlices];
        for (int value = 0; value < 256; value++)
        {
            int crc = value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
            }

            table[value] = (ushort)crc;
        }

        for (int index = 256; index < table.Length; index++)
        {
            int before = table[index - 256];
            table[index] = (ushort)(((before << 8) & 0xFFFF) ^ table[before >> 8]);
        }

        return table;
    }
}
