// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>Compares two images sector by sector.</summary>
internal static class ImageDifference
{
    private const int SectorsAtOnce = 512;

    /// <summary>The sectors of the first that the second does not have, or has otherwise, in order.</summary>
    public static IEnumerable<SectorRange> Between(ISectorReader right, ISectorReader wrong, CancellationToken cancellationToken)
    {
        int size = right.SectorSize;
        byte[] one = new byte[SectorsAtOnce * size];
        byte[] other = new byte[SectorsAtOnce * size];
        SectorRange found = default;
        for (long start = 0; start < right.SectorCount; start += SectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SectorRange range = new(start, Math.Min(SectorsAtOnce, right.SectorCount - start));
            Read(right, range, one);
            Read(wrong, range, other);
            if (one.AsSpan().SequenceEqual(other))
            {
                continue;
            }

            for (long sector = range.Start; sector < range.End; sector++)
            {
                int at = (int)(sector - start) * size;
                if (one.AsSpan(at, size).SequenceEqual(other.AsSpan(at, size)))
                {
                    continue;
                }

                if (found.Count > 0 && found.End != sector)
                {
                    yield return found;
                    found = default;
                }

                found = found.Count > 0 ? new(found.Start, found.Count + 1) : new(sector, 1);
            }
        }

        if (found.Count > 0)
        {
            yield return found;
        }
    }

    /// <summary>What is not there is zeros, but never the same as zeros that are.</summary>
    private static void Read(ISectorReader reader, SectorRange range, byte[] buffer)
    {
        buffer.AsSpan().Clear();
        SectorRange there = SectorRange.Between(range.Start, Math.Min(range.End, Math.Max(range.Start, reader.SectorCount)));
        if (there.Count > 0)
        {
            reader.Read(there, buffer.AsSpan(0, checked((int)there.Count * reader.SectorSize)));
        }
    }
}
