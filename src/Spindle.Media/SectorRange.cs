// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>A run of sectors, by the number of its first one and how many there are.</summary>
/// <remarks>Both numbers are at least 0, and <see cref="End"/> fits a <see cref="long"/>. The default is the empty range at 0.</remarks>
public readonly record struct SectorRange
{
    /// <summary>Names the <paramref name="count"/> sectors from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the end is past <see cref="long.MaxValue"/>.</exception>
    public SectorRange(long start, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, long.MaxValue - start);
        Start = start;
        Count = count;
    }

    /// <summary>Number of the first sector, from 0.</summary>
    public long Start { get; }

    /// <summary>How many sectors.</summary>
    public long Count { get; }

    /// <summary>Number of the first sector after the range (exclusive end).</summary>
    public long End => Start + Count;

    /// <summary>Whether there is no sector in it.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Names the sectors from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public static SectorRange Between(long start, long end) => new(start, end - start);

    /// <summary>Whether a sector lies in the range.</summary>
    public bool Contains(long sector) => sector >= Start && sector < End;

    /// <summary>The sectors that lie in both ranges; empty where there are none.</summary>
    public SectorRange Intersect(SectorRange other)
    {
        long start = Math.Max(Start, other.Start);
        long end = Math.Min(End, other.End);
        return end > start ? Between(start, end) : new SectorRange(start, 0);
    }

    /// <summary>First and last sector, as people write it: <c>16</c>, or <c>16-31</c> with both ends inclusive.</summary>
    public override string ToString() => Count switch
    {
        0 => "none",
        1 => $"{Start}",
        _ => $"{Start}-{End - 1}",
    };
}
