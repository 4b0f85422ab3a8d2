// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Iso9660;

/// <summary>Writes records of ISO 9660 (ECMA-119, 4th edition). Positions are the standard's "BP", from 1.</summary>
public static class IsoFields
{
    /// <summary>Bytes of a record before its identifier (§9.1).</summary>
    public const int RecordHeader = 33;

    /// <summary>Writes a directory record without system use (§9.1).</summary>
    /// <param name="record">As many bytes as it has, with those of system use; all zero.</param>
    /// <param name="extent">First sector, and bytes.</param>
    /// <param name="flags">What it is.</param>
    /// <param name="identifier">Its identifier.</param>
    /// <param name="modifiedNanoseconds">When it was last changed.</param>
    /// <param name="volume">Number of the disc in its set.</param>
    /// <returns>The bytes for system use.</returns>
    public static Span<byte> WriteRecord(
        Span<byte> record, (long Sector, long Length) extent, FileFlags flags, ReadOnlySpan<byte> identifier, long modifiedNanoseconds, int volume)
    {
        record.At(bp: 1)[0] = (byte)record.Length;
        BothOrders.Write32(record.At(bp: 3), extent.Sector);
        BothOrders.Write32(record.At(bp: 11), extent.Length);
        IsoDate.WriteNumbers(record.At(bp: 19), modifiedNanoseconds);
        record.At(bp: 26)[0] = (byte)flags;
        BothOrders.Write16(record.At(bp: 29), volume);
        record.At(bp: 33)[0] = (byte)identifier.Length;
        identifier.CopyTo(record.At(bp: 34));
        return record[(RecordHeader + (identifier.Length | 1))..];
    }
}
