// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Ranges in the order in which they are found, neighbours joined.</summary>
internal sealed class RangeList
{
    private readonly List<SectorRange> _ranges = [];

    public IReadOnlyList<SectorRange> Ranges => _ranges;

    public void Add(SectorRange range)
    {
        if (_ranges.Count > 0 && _ranges[^1].End == range.Start)
        {
            _ranges[^1] = SectorRange.Between(_ranges[^1].Start, range.End);
        }
        else if (!range.IsEmpty)
        {
            _ranges.Add(range);
        }
    }
}
