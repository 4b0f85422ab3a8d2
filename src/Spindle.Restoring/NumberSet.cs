// SPDX-License-Identifier: MIT
namespace Spindle.Restoring;

/// <summary>Row numbers of a table: a bit each, so that a million of them take 125 kB. Any number of threads may use it.</summary>
/// <param name="largest">The largest number that may come.</param>
internal sealed class NumberSet(long largest)
{
    private readonly long[] _bits = new long[(largest / 64) + 1];

    /// <returns>Whether it was not there before.</returns>
    public bool Add(long number)
    {
        long bit = 1L << (int)(number % 64);
        return (Interlocked.Or(ref _bits[number / 64], bit) & bit) == 0;
    }

    public bool Contains(long number) => (Volatile.Read(ref _bits[number / 64]) & (1L << (int)(number % 64))) != 0;
}
