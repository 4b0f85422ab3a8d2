// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>Gathers the extents of a fork up to its length. What none of them places is unknown.</summary>
internal sealed class ForkExtents
{
    private const int MaximumExtents = 100_000;
    private readonly List<Extent> _extents = [];
    private readonly long _length;
    private readonly long _blockSize;
    private long _left;

    /// <param name="length">Bytes of the fork.</param>
    /// <param name="blockSize">Bytes of a block of the volume.</param>
    public ForkExtents(long length, long blockSize) => (_length, _left, _blockSize) = (length, length, blockSize);

    public bool IsComplete => _left <= 0 || _extents.Count >= MaximumExtents;

    /// <summary>Adds extents that go on where a block of the fork begins: the key of an overflow record names it.</summary>
    /// <remarks>Where records before it are lost, it lies farther on than what was gathered.</remarks>
    public void AddAt(uint block, IEnumerable<Extent> extents)
    {
        long lost = ((long)block * _blockSize) - (_length - _left);
        if (lost > 0)
        {
            Append(new(0, Math.Min(lost, _left), ExtentKind.Unknown));
        }

        Add(lost < 0 ? [] : extents);
    }

    public void Add(IEnumerable<Extent> extents)
    {
        foreach (Extent extent in extents)
        {
            if (_left <= 0 || _extents.Count >= MaximumExtents)
            {
                return;
            }

            Append(extent with { Length = Math.Min(_left, extent.Length) });
        }
    }

    public List<Extent> Finish(Findings findings, long position, uint id)
    {
        long unknown = _extents.Where(extent => extent.Kind == ExtentKind.Unknown).Sum(extent => extent.Length) + Math.Max(0, _left);
        if (unknown > 0)
        {
            findings.Add(HfsRules.ForkAllocated, position, $"{unknown} of {_length} bytes of file {id} are not allocated");
        }

        if (_left > 0)
        {
            Append(new(0, _left, ExtentKind.Unknown));
        }

        return _extents;
    }

    private void Append(Extent extent)
    {
        if (_extents.Count > 0 && _extents[^1] is var last && last.Kind == extent.Kind
            && (extent.Kind == ExtentKind.Unknown || last.End == extent.Position))
        {
            _extents[^1] = last with { Length = last.Length + extent.Length };
        }
        else if (extent.Length > 0)
        {
            _extents.Add(extent);
        }

        _left -= extent.Length;
    }
}
