// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.ReedSolomon;

/// <summary>Finds which symbols of one codeword are wrong, given those that are known to be: Berlekamp and Massey's algorithm.</summary>
internal static class ErrorLocator
{
    /// <summary>Finds all wrong symbols.</summary>
    /// <param name="syndromes">All syndromes of the word, one a root.</param>
    /// <param name="erasures">Symbols known to be wrong, each once.</param>
    /// <returns>
    /// Erasures and errors in ascending order; null where no word of the code lies within erasures + 2 * errors &lt;= roots.
    /// A word further away than that may be led to a wrong codeword: the caller must have another proof.
    /// </returns>
    public static int[]? Locate(ReadOnlySpan<byte> syndromes, ReadOnlySpan<int> erasures)
    {
        int roots = syndromes.Length;
        if (erasures.Length > roots)
        {
            return null;
        }

        Span<byte> locator = stackalloc byte[roots + 1];
        Span<byte> auxiliary = stackalloc byte[roots + 1];
        Span<byte> next = stackalloc byte[roots + 1];
        MultiplyOut(erasures, locator);
        locator.CopyTo(auxiliary);
        int degree = erasures.Length;
        for (int step = erasures.Length + 1; step <= roots; step++)
        {
            byte discrepancy = Discrepancy(locator, syndromes, step);
            ShiftUp(auxiliary);
            if (discrepancy == 0)
            {
                continue;
            }

            for (int power = 0; power <= roots; power++)
            {
                next[power] = (byte)(locator[power] ^ GaloisField.Of187.Multiply(discrepancy, auxiliary[power]));
            }

            if (2 * degree <= step - 1 + erasures.Length)
            {
                degree = step + erasures.Length - degree;
                byte inverse = GaloisField.Of187.Inverse(discrepancy);
                for (int power = 0; power <= roots; power++)
                {
                    auxiliary[power] = GaloisField.Of187.Multiply(inverse, locator[power]);
                }
            }

            next.CopyTo(locator);
        }

        return (2 * degree) - erasures.Length <= roots ? Roots(locator, degree) : null;
    }

    // The product of (1 - X x) over the symbols' locators X.
    private static void MultiplyOut(ReadOnlySpan<int> symbols, Span<byte> polynomial)
    {
        polynomial.Clear();
        polynomial[0] = 1;
        for (int index = 0; index < symbols.Length; index++)
        {
            byte locator = ReedSolomonCode.Locator(symbols[index]);
            for (int power = index + 1; power > 0; power--)
            {
                polynomial[power] ^= GaloisField.Of187.Multiply(locator, polynomial[power - 1]);
            }
        }
    }

    private static byte Discrepancy(ReadOnlySpan<byte> locator, ReadOnlySpan<byte> syndromes, int step)
    {
        byte sum = 0;
        for (int power = 0; power < step; power++)
        {
            sum ^= GaloisField.Of187.Multiply(locator[power], syndromes[step - 1 - power]);
        }

        return sum;
    }

    private static void ShiftUp(Span<byte> polynomial)
    {
        polynomial[..^1].CopyTo(polynomial[1..]);
        polynomial[0] = 0;
    }

    // Symbols whose locator's inverse is a root; only a polynomial with as many as its degree names errors.
    private static int[]? Roots(ReadOnlySpan<byte> polynomial, int degree)
    {
        int[] found = new int[degree];
        int count = 0;
        for (int symbol = 0; symbol < ReedSolomonCode.Length; symbol++)
        {
            ReadOnlySpan<byte> timesInverse = GaloisField.Of187.ProductsOf(GaloisField.Of187.Inverse(ReedSolomonCode.Locator(symbol)));
            byte value = 0;
            for (int power = polynomial.Length - 1; power >= 0; power--)
            {
                value = (byte)(timesInverse[value] ^ polynomial[power]);
            }

            if (value == 0)
            {
                if (count == degree)
                {
                    return null;
                }

                found[count++] = symbol;
            }
        }

        return count == degree ? found : null;
    }
}
