// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>How many discs it takes at least, whatever the plan.</summary>
/// <remarks>L2 of Martello and Toth (Knapsack Problems, 1990, §8.3): of files more than half a disc large no two share one.</remarks>
internal sealed class DiscBound(long capacity)
{
    // Smaller ones matter by their sum alone; leaving out thresholds makes the bound weaker, never wrong.
    private const int SmallestThreshold = 64;

    private readonly List<long> _large = [];
    private long _total;

    /// <summary>Adds something that can't be divided.</summary>
    /// <param name="sectors">Its size, at most the capacity.</param>
    public void Add(long sectors)
    {
        _total += sectors;
        if (sectors >= capacity / SmallestThreshold && sectors > 0)
        {
            _large.Add(sectors);
        }
    }

    /// <summary>The bound for all that was added.</summary>
    public int Discs()
    {
        _large.Sort();
        long best = DivideUp(_total, capacity);
        long[] sumFromStart = new long[_large.Count + 1];
        for (int i = 0; i < _large.Count; i++)
        {
            sumFromStart[i + 1] = sumFromStart[i] + _large[i];
        }

        int firstAboveHalf = FirstAbove(capacity / 2);
        for (int start = 0; start <= firstAboveHalf; start++)
        {
            // All thresholds between two sizes give the same sets; half a disc is the last one worth asking for.
            long threshold = start < firstAboveHalf ? _large[start] : capacity / 2;
            int firstAlone = Math.Max(firstAboveHalf, FirstAbove(capacity - threshold));
            long alone = _large.Count - firstAlone;
            long paired = firstAlone - firstAboveHalf;
            long roomBeside = (paired * capacity) - (sumFromStart[firstAlone] - sumFromStart[firstAboveHalf]);
            long rest = start < firstAboveHalf ? sumFromStart[firstAboveHalf] - sumFromStart[start] : 0;
            best = Math.Max(best, alone + paired + Math.Max(0, DivideUp(rest - roomBeside, capacity)));
        }

        return checked((int)best);
    }

    private static long DivideUp(long dividend, long divisor) => dividend <= 0 ? 0 : ((dividend - 1) / divisor) + 1;

    /// <summary>Index of the first size larger than a value.</summary>
    private int FirstAbove(long value)
    {
        int low = 0;
        int high = _large.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = _large[middle] <= value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
