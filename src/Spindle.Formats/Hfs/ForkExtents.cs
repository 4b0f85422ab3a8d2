// SPDX-License-Identifier: MIT
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Hfs;

/// <summary>Gathers the extents of a fork up to its length.</summary>
internal sealed class ForkExtents
{
    private const int MaximumExtents = 100_000;
    private readonly List<Extent> _extents = [];
    private readonly long _length;
    private long _left;

    public ForkExtents(long length) => (_length, _left) = (length, length);

    public bool IsComplete => _left <= 0 || _extents.Count >= MaximumExtents;

    public void Add(IEnumerable<Extent> extents)
    {
        foreach (Extent extent in extents)
        {
            long taken = Math.Min(_left, extent.Length);
            if (taken <= 0)
            {
                return;
            }

            if (_extents.Count > 0 && _extents[^1].End == extent.Position)
            {
                _extents[^1] = new(_extents[^1].Position, _extents[^1].Length + taken);
            }
            else
            {
                _extents.Add(new(extent.Position, taken));
            }

            _left -= taken;
        }
    }

    public List<Extent> Finish(Findings findings, long position, uint id)
    {
        if (_left > 0)
        {
            findings.Add(HfsRules.ForkAllocated, position, $"{_left} of {_length} bytes of file {id} are not allocated");
        }

        return _extents;
    }
}
