// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Where things go that may not cross the end of a sector: directory records (ECMA-119 §6.8.1.1), continuation areas.</summary>
public struct RecordPacker
{
    /// <summary>Bytes of a sector.</summary>
    public const int SectorLength = 2048;

    /// <summary>Bytes up to the end of what was placed last.</summary>
    public long End { get; private set; }

    /// <summary>Sectors begun.</summary>
    public readonly long Sectors => (End + SectorLength - 1) / SectorLength;

    /// <summary>Bytes left in the sector that the end is in; 0 at its end.</summary>
    public readonly int Left => (int)((Sectors * SectorLength) - End);

    /// <summary>Sectors that a number of bytes takes: rounded up; none for no bytes.</summary>
    public static long SectorsOf(long size) => (size / SectorLength) + (size % SectorLength == 0 ? 0 : 1);

    /// <summary>Places a number of bytes, 1 to 2048.</summary>
    /// <returns>Where they begin, in bytes.</returns>
    public long Place(int length)
    {
        long at = length <= Left ? End : Sectors * SectorLength;
        End = at + length;
        return at;
    }
}
