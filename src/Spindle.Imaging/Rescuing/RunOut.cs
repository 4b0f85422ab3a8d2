// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Tells the end of a track that was written at once from damage.</summary>
/// <remarks>
/// Such a track announces sectors behind its data that hold none, and that most drives cannot read. They count as run-out only
/// where nothing can be lost: behind the end of every file system on the disc, and of its parity.
/// </remarks>
internal static class RunOut
{
    /// <summary>Two sectors, and the pause of two seconds in front of a track: more is no run-out.</summary>
    public const int MostSectors = 2 + 150;

    /// <summary>The run-out of a medium; empty where there is none, or where nobody can say.</summary>
    /// <param name="map">What could be read.</param>
    /// <param name="source">What is on it.</param>
    /// <param name="protectedSectors">Sectors up to the end of its parity, which lies behind the file systems; 0 for none.</param>
    public static SectorRange Of(SectorMap map, SourceDescription source, long protectedSectors)
    {
        SectorRange none = new(map.SectorCount, 0);
        long needed = Math.Max(protectedSectors, (source.Structure.ExpectedLength + source.SectorSize - 1) / source.SectorSize);
        if (source.Kind == SourceKind.BlockDevice || needed == 0 || needed >= map.SectorCount || map.RunAt(map.SectorCount - 1) is not { State: SectorState.Bad } last)
        {
            return none;
        }

        SectorRange runOut = last.Range.Intersect(SectorRange.Between(needed, map.SectorCount));
        return runOut.Count <= MostSectors ? runOut : none;
    }

    /// <summary>What lies between sessions, with the run-out of the session in front of it.</summary>
    public static IReadOnlyList<SectorRange> WithTheirRunOut(SourceDescription source, SectorMap map)
    {
        List<SectorRange> all = [];
        foreach ((SectorRange gap, long needed) in source.OffTrack.Zip(source.NeededBeforeGaps))
        {
            long first = gap.Start;
            while (first > Math.Max(needed, gap.Start - MostSectors) && map[first - 1] == SectorState.Bad)
            {
                first--;
            }

            // All that was tried in vain, or nothing: a hole within the data in front is no run-out.
            bool isRunOut = first == 0 || first == needed || map[first - 1] != SectorState.Bad;
            all.Add(SectorRange.Between(isRunOut ? first : gap.Start, gap.End));
        }

        return all;
    }

    /// <summary>The bad sectors that are neither run-out nor between sessions.</summary>
    public static IReadOnlyList<SectorRange> DamageOf(SectorMap map, SectorRange runOut, IReadOnlyList<SectorRange> offTrack)
    {
        SectorMap damage = new(map);
        foreach (SectorRange excused in offTrack.Append(runOut).Where(range => !range.IsEmpty))
        {
            damage.Set(excused, SectorState.Finished);
        }

        return [.. damage.RangesOf(SectorState.Bad)];
    }
}
