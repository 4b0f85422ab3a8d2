// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>The bytes of a disc that were not read, by their address: in order, apart from each other.</summary>
internal sealed class LostRanges
{
    private readonly List<Extent> _ranges = [];

    public LostRanges(SectorMap map, int sectorSize, long mediumStart)
    {
        foreach (SectorRun run in map.Runs.Where(run => run.State != SectorState.Finished))
        {
            Extent next = new(mediumStart + (run.Range.Start * sectorSize), run.Range.Count * sectorSize);
            Total += next.Length;
            if (_ranges.Count > 0 && _ranges[^1].End == next.Position)
            {
                _ranges[^1] = _ranges[^1] with { Length = _ranges[^1].Length + next.Length };
            }
            else
            {
                _ranges.Add(next);
            }
        }
    }

    /// <summary>How many bytes they are.</summary>
    public long Total { get; }

    public bool Touches(Extent extent) => extent.Length > 0 && extent.Kind == ExtentKind.Recorded && Within(extent).Any();

    /// <summary>What is lost of an extent.</summary>
    public IEnumerable<Extent> Within(Extent extent)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].End <= extent.Position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (int index = low; index < _ranges.Count && _ranges[index].Position < extent.End; index++)
        {
            long start = Math.Max(_ranges[index].Position, extent.Position);
            yield return new(start, Math.Min(_ranges[index].End, extent.End) - start);
        }
    }
}
