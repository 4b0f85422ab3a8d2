// SPDX-License-Identifier: MIT
using System.Numerics;
using Spindle.Parity.Galois;

namespace Spindle.Parity.DiscSet;

/// <summary>How some missing members of a set follow from the sums of the others.</summary>
/// <param name="Missing">What it makes: discs, then parity discs.</param>
/// <param name="Rows">The rows whose sums it takes.</param>
/// <param name="Product">From those sums to these members.</param>
internal sealed record SetSystem(int[] Missing, int[] Rows, GaloisProduct Product)
{
    /// <summary>Solves the system.</summary>
    /// <param name="code">The coefficients: rows of parity by discs.</param>
    /// <param name="missing">The members that are missing, in ascending order: discs from 0 on, then parity discs.</param>
    /// <returns>Null where they don't follow: more are missing than rows are there.</returns>
    public static SetSystem? TryMake(GaloisMatrix code, int[] missing)
    {
        int[] discs = [.. missing.Where(member => member < code.Columns)];
        int[] lostRows = [.. missing.Where(member => member >= code.Columns).Select(member => member - code.Columns)];
        int[] rows = [.. Enumerable.Range(0, code.Rows).Except(lostRows)];
        foreach (int[] used in Choices(rows, discs.Length))
        {
            if (code.Select(used, discs).TryInverse() is { } inverse)
            {
                return new(missing, [.. used, .. lostRows], new(Joined(code, inverse, discs, lostRows)));
            }
        }

        return null;
    }

    /// <summary>All ways to take so many of some rows, those with the first rows first.</summary>
    private static IEnumerable<int[]> Choices(int[] rows, int count) => Enumerable.Range(0, 1 << rows.Length)
        .Where(set => BitOperations.PopCount((uint)set) == count)
        .Select(set => rows.Where((_, index) => (set >> index & 1) != 0).ToArray());

    // A lost row is its own sum, which has all discs that are there, and what the missing discs add to it.
    private static GaloisMatrix Joined(GaloisMatrix code, GaloisMatrix inverse, int[] discs, int[] lostRows)
    {
        GaloisMatrix joined = new(code.Field, discs.Length + lostRows.Length, discs.Length + lostRows.Length);
        for (int column = 0; column < discs.Length; column++)
        {
            for (int row = 0; row < discs.Length; row++)
            {
                joined[row, column] = inverse[row, column];
            }

            for (int row = 0; row < lostRows.Length; row++)
            {
                byte sum = 0;
                for (int disc = 0; disc < discs.Length; disc++)
                {
                    sum ^= code.Field.Multiply(code[lostRows[row], discs[disc]], inverse[disc, column]);
                }

                joined[discs.Length + row, column] = sum;
            }
        }

        for (int row = 0; row < lostRows.Length; row++)
        {
            joined[discs.Length + row, discs.Length + row] = 1;
        }

        return joined;
    }
}
