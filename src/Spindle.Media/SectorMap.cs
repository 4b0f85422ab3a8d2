// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>What is known of every sector of a medium: the rescue map.</summary>
/// <remarks>
/// Its runs are ordered, cover every sector exactly once, and no two neighbours have the same state, after
/// every call. Finding a sector takes logarithmic time in the number of runs, changing a range moves at most the
/// runs behind it. Not thread-safe: the one who reads the medium owns its map.
/// </remarks>
public sealed class SectorMap
{
    private readonly List<SectorRun> _runs = [];
    private readonly Dictionary<SectorState, long> _totals = [];

    /// <summary>Makes a map in which every sector has one state.</summary>
    /// <param name="sectorCount">Sectors of the medium, at least 0.</param>
    /// <param name="state">What is known of all of them.</param>
    public SectorMap(long sectorCount, SectorState state = SectorState.NonTried)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sectorCount);
        SectorCount = sectorCount;
        if (sectorCount > 0)
        {
            _runs.Add(new(new(0, sectorCount), state));
            _totals[state] = sectorCount;
        }
    }

    /// <summary>Copies a map: what happens to the one leaves the other alone.</summary>
    public SectorMap(SectorMap other)
    {
        SectorCount = other.SectorCount;
        _runs.AddRange(other._runs);
        foreach ((SectorState state, long total) in other._totals)
        {
            _totals[state] = total;
        }
    }

    /// <summary>Sectors of the medium.</summary>
    public long SectorCount { get; }

    /// <summary>All runs, in order. A change of the map changes what is seen here.</summary>
    public IReadOnlyList<SectorRun> Runs => _runs;

    /// <summary>Whether every sector was read.</summary>
    public bool IsFinished => Total(SectorState.Finished) == SectorCount;

    /// <summary>What is known of one sector.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The medium has no such sector.</exception>
    public SectorState this[long sector] => _runs[IndexOf(sector)].State;

    /// <summary>How many sectors have a state.</summary>
    public long Total(SectorState state) => _totals.GetValueOrDefault(state);

    /// <summary>The run that holds a sector.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The medium has no such sector.</exception>
    public SectorRun RunAt(long sector) => _runs[IndexOf(sector)];

    /// <summary>All runs of one state, in order.</summary>
    public IEnumerable<SectorRange> RangesOf(SectorState state) => _runs.Where(run => run.State == state).Select(run => run.Range);

    /// <summary>The first sectors of a state at or after <paramref name="from"/>, cut off there; null where there are none.</summary>
    public SectorRange? FirstOf(SectorState state, long from = 0)
    {
        for (int index = from < SectorCount ? IndexOf(from) : _runs.Count; index < _runs.Count; index++)
        {
            if (_runs[index].State == state)
            {
                return _runs[index].Range.Intersect(SectorRange.Between(from, SectorCount));
            }
        }

        return null;
    }

    /// <summary>The last sectors of a state before <paramref name="before"/>, cut off there; null where there are none.</summary>
    public SectorRange? LastOf(SectorState state, long before)
    {
        for (int index = before > 0 && SectorCount > 0 ? IndexOf(Math.Min(before, SectorCount) - 1) : -1; index >= 0; index--)
        {
            if (_runs[index].State == state)
            {
                return _runs[index].Range.Intersect(new(0, before));
            }
        }

        return null;
    }

    /// <summary>Notes what is now known of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range runs past the medium.</exception>
    public void Set(SectorRange range, SectorState state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        if (range.IsEmpty)
        {
            return;
        }

        int first = IndexOf(range.Start);
        int last = IndexOf(range.End - 1);
        long start = range.Start;
        long end = range.End;
        for (int index = first; index <= last; index++)
        {
            SectorRun old = _runs[index];
            _totals[old.State] -= old.Range.Intersect(range).Count;
        }

        _totals[state] = Total(state) + range.Count;

        // What the outer runs keep, or neighbours of the same state that the range grows into.
        List<SectorRun> pieces = new(3);
        SectorRun before = _runs[first];
        SectorRun after = _runs[last];
        if (before.Range.Start < start && before.State != state)
        {
            pieces.Add(new(SectorRange.Between(before.Range.Start, start), before.State));
        }
        else if (before.Range.Start < start)
        {
            start = before.Range.Start;
        }
        else if (first > 0 && _runs[first - 1].State == state)
        {
            start = _runs[--first].Range.Start;
        }

        SectorRun? rest = null;
        if (after.Range.End > end && after.State != state)
        {
            rest = new(SectorRange.Between(end, after.Range.End), after.State);
        }
        else if (after.Range.End > end)
        {
            end = after.Range.End;
        }
        else if (last + 1 < _runs.Count && _runs[last + 1].State == state)
        {
            end = _runs[++last].Range.End;
        }

        pieces.Add(new(SectorRange.Between(start, end), state));
        if (rest is { } kept)
        {
            pieces.Add(kept);
        }

        _runs.RemoveRange(first, last - first + 1);
        _runs.InsertRange(first, pieces);
    }

    private int IndexOf(long sector)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sector);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sector, SectorCount);
        int low = 0;
        int high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_runs[middle].Range.Start <= sector)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
