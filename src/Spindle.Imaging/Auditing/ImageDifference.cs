// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>Compares two images sector by sector.</summary>
internal static class ImageDifference
{
    private const int SectorsAtOnce = 512;

    /// <summary>The sectors of the first that the second does not have, or has otherwise, in order.</summary>
    public static IEnumerable<long> Between(ISectorReader right, ISectorReader wrong, CancellationToken cancellationToken)
    {
        int size = right.SectorSize;
        byte[] one = new byte[SectorsAtOnce * size];
        byte[] other = new byte[SectorsAtOnce * size];
        for (long start = 0; start < right.SectorCount; start += SectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SectorRange range = new(start, Math.Min(SectorsAtOnce, right.SectorCount - start));
            Read(right, range, one);
            long there = Read(wrong, range, other);
            if (there == range.Count && one.AsSpan().SequenceEqual(other))
            {
                continue;
            }

            for (long sector = range.Start; sector < range.End; sector++)
            {
                int at = (int)(sector - start) * size;
                if (sector - start >= there || !one.AsSpan(at, size).SequenceEqual(other.AsSpan(at, size)))
                {
                    yield return sector;
                }
            }
        }
    }

    /// <returns>How many sectors there are to compare: zeros of the one are not the same as nothing of the other.</returns>
    private static long Read(ISectorReader reader, SectorRange range, byte[] buffer)
    {
        buffer.AsSpan().Clear();
        SectorRange there = SectorRange.Between(range.Start, Math.Min(range.End, Math.Max(range.Start, reader.SectorCount)));
        return there.Count == 0 ? 0 : reader.Read(there, buffer.AsSpan(0, checked((int)there.Count * reader.SectorSize))).Count;
    }
}
