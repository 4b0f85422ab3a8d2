// SPDX-License-Identifier: MIT
namespace Spindle.Drives;

/// <summary>Finds where a data track ends that sound follows.</summary>
/// <remarks>
/// A table of contents says where a track's index 1 is. The pause in front of that, two seconds or more, is the next track's already:
/// sound, which cannot be read as data and would be taken for damage. The sectors themselves say which track they are of.
/// </remarks>
internal static class PregapFinder
{
    /// <summary>A minute: pauses are of two or three seconds, and some hide a piece of music.</summary>
    private const int Longest = 60 * 75;

    /// <summary>One in a hundred sectors says something else there, and another may be scratched.</summary>
    private const int Tries = 3;

    /// <summary>The first sector of the pause in front of a track.</summary>
    /// <param name="drive">The drive.</param>
    /// <param name="data">The data track in front of it.</param>
    /// <param name="sound">The track.</param>
    /// <returns>Null where there is no pause, or disc or drive do not say.</returns>
    /// <exception cref="IOException">The drive is gone.</exception>
    public static long? Find(OpticalDrive drive, DiscTrack data, DiscTrack sound)
    {
        long last = Math.Max(data.Range.Start, sound.Range.Start - Longest);
        long first = sound.Range.Start - 1;
        if (first <= last || drive.AskPosition(first)?.Track != sound.Number || drive.AskPosition(last)?.Track != data.Number)
        {
            return null;
        }

        while (first - last > 1)
        {
            long middle = last + ((first - last) / 2);
            if (Between(drive, middle, first) is not { } found)
            {
                // A sector or two that do not say are left to the data: they are tried, at least.
                return first - middle <= Tries ? first : null;
            }

            if (found.Track != data.Number && found.Track != sound.Number)
            {
                return null;
            }

            (last, first) = found.Track == data.Number ? (found.Sector, first) : (last, found.Sector);
        }

        return first;
    }

    private static (long Sector, int Track)? Between(OpticalDrive drive, long start, long end)
    {
        for (long sector = start; sector < Math.Min(start + Tries, end); sector++)
        {
            if (drive.AskPosition(sector) is { } position)
            {
                return (sector, position.Track);
            }
        }

        return null;
    }
}
