// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Tells the end of a track that was written at once from damage.</summary>
/// <remarks>
/// Such a track announces sectors behind its data that hold none, and that most drives cannot read. They count as run-out only
/// where nothing can be lost: behind the end of every file system on the disc.
/// </remarks>
internal static class RunOut
{
    /// <summary>Two sectors and a pregap: more is no run-out.</summary>
    public const int MostSectors = 150;

    /// <summary>The run-out of a medium; empty where there is none, or where nobody can say.</summary>
    public static SectorRange Of(SectorMap map, SourceDescription source)
    {
        SectorRange none = new(map.SectorCount, 0);
        long needed = (source.Structure.ExpectedLength + source.SectorSize - 1) / source.SectorSize;
        if (source.Kind == SourceKind.BlockDevice || needed == 0 || needed >= map.SectorCount || map.RunAt(map.SectorCount - 1) is not { State: SectorState.Bad } last)
        {
            return none;
        }

        SectorRange runOut = last.Range.Intersect(SectorRange.Between(needed, map.SectorCount));
        return runOut.Count <= MostSectors ? runOut : none;
    }

    /// <summary>The bad sectors that are no run-out.</summary>
    public static IReadOnlyList<SectorRange> DamageOf(SectorMap map, SectorRange runOut) =>
        [.. map.RangesOf(SectorState.Bad).Select(range => range.End == runOut.End && !runOut.IsEmpty ? SectorRange.Between(range.Start, runOut.Start) : range)
            .Where(range => !range.IsEmpty)];
}
