// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.Udf;

/// <summary>
/// The sessions of a UDF disc that was written piece by piece: each ends with a virtual allocation table, and each table tells where the
/// one before it lies (UDF 2.60 §2.2.11; UDF 1.50 §2.2.10).
/// </summary>
public static class UdfSessions
{
    /// <summary>Tables that are followed at most: a disc has one for each time that it was taken out of the drive.</summary>
    private const int Most = 1000;

    /// <summary>Finds them in an image of the whole disc, which brings no table of contents.</summary>
    /// <param name="image">The image.</param>
    /// <returns>First blocks of the sessions, in order: the first is 0, each later one lies behind the table of the one before. Empty where there is no such table.</returns>
    public static IReadOnlyList<long> Starts(ISectorReader image)
    {
        List<long> ends = [];
        Medium medium = new(image);
        long? end = null;
        while (ends.Count < Most && UdfVolume.Open(medium, 0, new(), end) is { VirtualTableBlock: { } table } volume && !(ends.Count > 0 && table + 1 >= ends[^1]))
        {
            ends.Add(table + 1);
            if (volume.PreviousTableBlock is not { } previous)
            {
                break;
            }

            end = (previous + 1) * volume.BlockSize;
            medium.Refresh();
        }

        return [.. Enumerable.Reverse(ends).SkipLast(1).Prepend(0).Take(ends.Count)];
    }
}
