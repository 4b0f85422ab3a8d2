// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Formats.DvdVideo;

/// <summary>The bytes of an IFO file, by offset; what would lie outside is null, for the tables of a DVD may say anything.</summary>
/// <remarks>The format is that of DVD-Video (docs/sources.md). All numbers are big-endian.</remarks>
internal sealed class IfoBytes
{
    /// <summary>Bytes of the largest IFO that is read: a thousand times what a large one has.</summary>
    public const int LargestLength = 16 << 20;

    private const int SectorSize = 2048;

    private readonly byte[] _bytes;

    private IfoBytes(byte[] bytes) => _bytes = bytes;

    /// <summary>Takes the bytes of an IFO.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="identifier">What it must begin with: <c>DVDVIDEO-VMG</c> or <c>DVDVIDEO-VTS</c>.</param>
    /// <returns>Null where it begins otherwise.</returns>
    public static IfoBytes? Of(byte[] bytes, string identifier) => bytes.AsSpan().StartsWith(Encoding.ASCII.GetBytes(identifier)) ? new(bytes) : null;

    public int? Byte(long offset) => Has(offset, 1) ? _bytes[offset] : null;

    public int? Word(long offset) => Has(offset, 2) ? BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan((int)offset)) : null;

    public long? Long(long offset) => Has(offset, 4) ? BinaryPrimitives.ReadUInt32BigEndian(_bytes.AsSpan((int)offset)) : null;

    /// <summary>Where the table begins whose first sector is told at an offset; null where there is none.</summary>
    public long? Table(long offset) => Long(offset) is > 0 and { } sector && sector * SectorSize < _bytes.Length ? sector * SectorSize : null;

    /// <summary>A language (ISO 639-1), as two small letters; null where there is none.</summary>
    public string? Language(long offset) =>
        Byte(offset) is { } first && Byte(offset + 1) is { } second && char.IsAsciiLetterLower((char)first) && char.IsAsciiLetterLower((char)second) ? $"{(char)first}{(char)second}" : null;

    /// <summary>A playing time: hours, minutes, seconds, frames in binary-coded decimal, with the frames of a second in the two upper bits of the last byte.</summary>
    /// <returns>Null where that is none.</returns>
    public TimeSpan? Time(long offset)
    {
        if (Decimal(offset) is not { } hours || Decimal(offset + 1) is not (< 60 and { } minutes) || Decimal(offset + 2) is not (< 60 and { } seconds) || Byte(offset + 3) is not { } last)
        {
            return null;
        }

        (double rate, int frames) = ((last >> 6) switch { 1 => 25, 3 => 30000.0 / 1001, _ => 0 }, ((last >> 4 & 3) * 10) + (last & 15));
        return rate > 0 && (last & 15) < 10 ? new TimeSpan(hours, minutes, seconds) + TimeSpan.FromSeconds(frames / rate)
            : last == 0 ? new TimeSpan(hours, minutes, seconds)
            : null;
    }

    private int? Decimal(long offset) => Byte(offset) is { } value && value >> 4 < 10 && (value & 15) < 10 ? ((value >> 4) * 10) + (value & 15) : null;

    private bool Has(long offset, int length) => offset >= 0 && offset + length <= _bytes.Length;
}
