// SPDX-License-Identifier: MIT
namespace Spindle.Burning.Running;

/// <summary>Which copies are made, being made, and still to be made.</summary>
/// <param name="wanted">Copies that are to hold.</param>
internal sealed class BurningLedger(int wanted)
{
    private readonly Lock _gate = new();
    private readonly List<BurnedCopy> _ended = [];
    private readonly SortedSet<int> _open = [.. Enumerable.Range(1, wanted)];
    private int _made;

    /// <summary>What ended, in that order.</summary>
    public IReadOnlyList<BurnedCopy> Copies
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>Copies that were not made.</summary>
    public int Lacking
    {
        get
        {
            lock (_gate)
            {
                return wanted - _made;
            }
        }
    }

    /// <summary>Whether no further disc is needed, as far as can be said now.</summary>
    public bool IsComplete
    {
        get
        {
            lock (_gate)
            {
                return _open.Count == 0;
            }
        }
    }

    /// <summary>The copy that would be begun next; 0 for none.</summary>
    public int Next
    {
        get
        {
            lock (_gate)
            {
                return _open.Min;
            }
        }
    }

    /// <summary>Begins a copy.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Whether there is one to be made.</returns>
    public bool TryBegin(out int number)
    {
        lock (_gate)
        {
            number = _open.Min;
            return _open.Remove(number);
        }
    }

    /// <summary>A disc has come to its end; where it is no copy, another one must become it.</summary>
    public void End(BurnedCopy copy)
    {
        lock (_gate)
        {
            _ended.Add(copy);
            bool isMade = copy.State is CopyState.Verified or CopyState.Simulated || copy is { State: CopyState.Burned, Failure: null };
            _made += isMade ? 1 : 0;
            if (!isMade)
            {
                _open.Add(copy.Number);
            }
        }
    }
}
