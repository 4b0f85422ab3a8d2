// SPDX-License-Identifier: MIT
namespace Spindle.Burning.Running;

/// <summary>Which copies of which images are made, being made, and still to be made.</summary>
/// <param name="wanted">Copies that are to be made of each image.</param>
internal sealed class BurningLedger(IReadOnlyList<int> wanted)
{
    private readonly Lock _gate = new();
    private readonly List<BurnedCopy> _ended = [];
    private readonly SortedSet<(int Image, int Number)> _open = [.. wanted.SelectMany((copies, image) => Enumerable.Range(1, copies).Select(number => (image, number)))];
    private readonly int[] _lacking = [.. wanted];

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

    /// <summary>The copy that would be begun next, as far as can be said now; null for none.</summary>
    public (int Image, int Number)? Next
    {
        get
        {
            lock (_gate)
            {
                return _open.Count > 0 ? _open.Min : null;
            }
        }
    }

    /// <summary>Whether any copy was not made.</summary>
    public bool IsAnyLacking
    {
        get
        {
            lock (_gate)
            {
                return _lacking.Any(copies => copies > 0);
            }
        }
    }

    /// <summary>Copies of an image that were not made.</summary>
    public int Lacking(int image)
    {
        lock (_gate)
        {
            return _lacking[image];
        }
    }

    /// <summary>Begins a copy: all of one image before those of the next, so that drives side by side share the reading of it.</summary>
    /// <param name="copy">Which.</param>
    /// <returns>Whether there is one to be made.</returns>
    public bool TryBegin(out (int Image, int Number) copy)
    {
        lock (_gate)
        {
            copy = _open.Min;
            return _open.Remove(copy);
        }
    }

    /// <summary>An image can't be burned: no copy of it is begun any more.</summary>
    public void GiveUp(int image)
    {
        lock (_gate)
        {
            _open.RemoveWhere(copy => copy.Image == image);
        }
    }

    /// <summary>A disc has come to its end; where it is no copy, another one must become it.</summary>
    public void End(BurnedCopy copy)
    {
        lock (_gate)
        {
            _ended.Add(copy);
            bool isMade = copy.State is CopyState.Verified or CopyState.Simulated || copy is { State: CopyState.Burned, Failure: null };
            _lacking[copy.Image] -= isMade ? 1 : 0;
            if (!isMade)
            {
                _open.Add((copy.Image, copy.Number));
            }
        }
    }
}
