// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Media;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.Journals;

/// <summary>What a journal says of the change that it belongs to; written, and on the device, before anything else is changed.</summary>
/// <remarks>
/// Little-endian: 16 bytes <c>SPINDLE JOURNAL1</c>, length of the header (4), operation (4), length of the image in bytes before the
/// change (8), length of the file of parity or -1 (8), number of ranges (4), ranges of missing sectors as start and count (8 each),
/// zeros up to a multiple of 4096, the last 4 bytes being the CRC-32 (JAMCRC) of all before.
/// </remarks>
/// <param name="Operation">What is done.</param>
/// <param name="ImageLength">Bytes of the image before the change.</param>
/// <param name="ParityFileLength">Bytes of the file of parity before the change; -1 where there is none.</param>
/// <param name="Missing">Sectors of the image that could not be read, or lay behind its end, before the change.</param>
internal sealed record JournalHeader(JournalOperation Operation, long ImageLength, long ParityFileLength, IReadOnlyList<SectorRange> Missing)
{
    private const int Granularity = 4096;
    private const int RangesPosition = 44;
    private const int RangeLength = 16;

    private static ReadOnlySpan<byte> Magic => "SPINDLE JOURNAL1"u8;

    /// <summary>The bytes of the header.</summary>
    public byte[] ToBytes()
    {
        int length = RangesPosition + (Missing.Count * RangeLength) + sizeof(uint);
        byte[] bytes = new byte[(length + Granularity - 1) / Granularity * Granularity];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), (int)Operation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), ImageLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), ParityFileLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), Missing.Count);
        for (int index = 0; index < Missing.Count; index++)
        {
            Span<byte> range = bytes.AsSpan(RangesPosition + (index * RangeLength));
            BinaryPrimitives.WriteInt64LittleEndian(range, Missing[index].Start);
            BinaryPrimitives.WriteInt64LittleEndian(range[8..], Missing[index].Count);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), Crc32.Of(bytes.AsSpan(0, bytes.Length - 4)));
        return bytes;
    }

    /// <summary>Reads the header of a journal.</summary>
    /// <param name="journal">The journal's file.</param>
    /// <param name="length">Bytes of the header.</param>
    /// <returns>Null where it was not written to its end: then nothing else was changed either.</returns>
    public static JournalHeader? TryRead(IImageStorage journal, out int length)
    {
        byte[] start = new byte[RangesPosition];
        length = 0;
        if (journal.Read(0, start) < start.Length || !start.AsSpan().StartsWith(Magic))
        {
            return null;
        }

        length = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(16));
        int ranges = BinaryPrimitives.ReadInt32LittleEndian(start.AsSpan(40));
        if (length < Granularity || length > journal.Length || ranges < 0 || ranges > (length - RangesPosition - sizeof(uint)) / RangeLength)
        {
            return null;
        }

        byte[] bytes = new byte[length];
        if (journal.Read(0, bytes) < length || Crc32.Of(bytes.AsSpan(0, length - 4)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(length - 4)))
        {
            return null;
        }

        SectorRange[] missing = new SectorRange[ranges];
        for (int index = 0; index < ranges; index++)
        {
            ReadOnlySpan<byte> range = bytes.AsSpan(RangesPosition + (index * RangeLength));
            missing[index] = new(BinaryPrimitives.ReadInt64LittleEndian(range), BinaryPrimitives.ReadInt64LittleEndian(range[8..]));
        }

        return new(
            (JournalOperation)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(20)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)),
            missing);
    }
}
