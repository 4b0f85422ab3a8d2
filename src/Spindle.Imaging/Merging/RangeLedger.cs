// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>Books where each sector came from, neighbours of the same origin together.</summary>
internal sealed class RangeLedger
{
    private readonly List<MergeRange> _ranges = [];

    public IReadOnlyList<MergeRange> Ranges => _ranges;

    public void Add(SectorRange range, IReadOnlyList<int> sources, IReadOnlyList<int> dissenters)
    {
        if (_ranges.Count > 0 && _ranges[^1] is var last && last.Sources.SequenceEqual(sources) && last.Dissenters.SequenceEqual(dissenters))
        {
            _ranges[^1] = last with { Range = SectorRange.Between(last.Range.Start, range.End) };
        }
        else
        {
            _ranges.Add(new(range, sources, dissenters));
        }
    }
}
