// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Iso9660;

/// <summary>Writes numbers and records of ISO 9660 (ECMA-119, 4th edition). Positions are the standard's "BP", from 1.</summary>
public static class IsoFields
{
    /// <summary>Bytes of a record before its identifier (§9.1).</summary>
    public const int RecordHeader = 33;

    /// <summary>Writes a 16-bit number in both byte orders (§7.2.3).</summary>
    public static void Both16(Span<byte> field, int bp, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(field.At(bp: bp), (ushort)value);
        BinaryPrimitives.WriteUInt16BigEndian(field.At(bp: bp + 2), (ushort)value);
    }

    /// <summary>Writes a 32-bit number in both byte orders (§7.3.3).</summary>
    public static void Both32(Span<byte> field, int bp, long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(field.At(bp: bp), (uint)value);
        BinaryPrimitives.WriteUInt32BigEndian(field.At(bp: bp + 4), (uint)value);
    }

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
        Both32(record, bp: 3, extent.Sector);
        Both32(record, bp: 11, extent.Length);
        IsoDate.WriteNumbers(record.At(bp: 19), modifiedNanoseconds);
        record.At(bp: 26)[0] = (byte)flags;
        Both16(record, bp: 29, volume);
        record.At(bp: 33)[0] = (byte)identifier.Length;
        identifier.CopyTo(record[RecordHeader..]);
        return record[(RecordHeader + (identifier.Length | 1))..];
    }
}
