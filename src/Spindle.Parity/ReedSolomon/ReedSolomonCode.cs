// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.ReedSolomon;

/// <summary>The Reed-Solomon code RS(255, k) of the parity on discs, with CCSDS's roots in the conventional basis.</summary>
/// <remarks>
/// g(x) is the product over i = 0..roots-1 of (x - alpha^(11*(112+i))); never shortened. Symbol j of a codeword (0..254) is the
/// coefficient of x^(254-j): data first, then the remainder of data(x) * x^roots by g. Immutable.
/// </remarks>
internal sealed class ReedSolomonCode
{
    /// <summary>Symbols of a codeword.</summary>
    public const int Length = 255;

    private const int FirstRoot = 112;
    private const int PrimitiveElement = 11;

    private readonly byte[] _generator;

    /// <summary>Makes the code with so many roots.</summary>
    /// <param name="roots">Parity symbols of a codeword, 1 to 254.</param>
    public ReedSolomonCode(int roots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(roots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(roots, Length);
        Roots = roots;
        _generator = MakeGenerator(roots);
        ParityMatrix = MakeParityMatrix(roots, _generator);
    }

    /// <summary>Parity symbols of a codeword.</summary>
    public int Roots { get; }

    /// <summary>Data symbols of a codeword.</summary>
    public int DataSymbols => Length - Roots;

    /// <summary>g(x), from the coefficient of x^roots (which is 1) down.</summary>
    public ReadOnlySpan<byte> Generator => _generator;

    /// <summary>Parity symbol k is the sum over j of element [k, j] times data symbol j.</summary>
    public GaloisMatrix ParityMatrix { get; }

    /// <summary>The root number i of g(x).</summary>
    public static byte Root(int i) => GaloisField.Of187.Power(PrimitiveElement * (FirstRoot + i));

    /// <summary>The locator of symbol j: what an error there multiplies each syndrome by, from one to the next.</summary>
    public static byte Locator(int symbol) => GaloisField.Of187.Power(PrimitiveElement * (Length - 1 - symbol));

    /// <summary>The locator of symbol j to the power of the first root: the weight of an error there in syndrome 0.</summary>
    public static byte FirstWeight(int symbol) => GaloisField.Of187.Power(PrimitiveElement * FirstRoot * (Length - 1 - symbol));

    /// <summary>The syndromes of a word of any length up to 255, given its symbols from the highest power to x^0.</summary>
    public static void Syndromes(ReadOnlySpan<byte> symbols, Span<byte> syndromes)
    {
        for (int i = 0; i < syndromes.Length; i++)
        {
            ReadOnlySpan<byte> timesRoot = GaloisField.Of187.ProductsOf(Root(i));
            byte sum = 0;
            foreach (byte symbol in symbols)
            {
                sum = (byte)(timesRoot[sum] ^ symbol);
            }

            syndromes[i] = sum;
        }
    }

    private static byte[] MakeGenerator(int roots)
    {
        byte[] generator = new byte[roots + 1];
        generator[0] = 1;
        for (int i = 0; i < roots; i++)
        {
            byte root = Root(i);
            for (int degree = i + 1; degree > 0; degree--)
            {
                generator[degree] ^= GaloisField.Of187.Multiply(generator[degree - 1], root);
            }
        }

        return generator;
    }

    // Column j is the remainder of x^(254-j) by g: the last one is g without its leading 1, each other one x times the next.
    private static GaloisMatrix MakeParityMatrix(int roots, byte[] generator)
    {
        GaloisMatrix matrix = new(GaloisField.Of187, roots, Length - roots);
        for (int column = matrix.Columns - 1; column >= 0; column--)
        {
            bool isLast = column == matrix.Columns - 1;
            byte carried = isLast ? (byte)1 : matrix[0, column + 1];
            for (int row = 0; row < roots; row++)
            {
                byte shifted = isLast || row == roots - 1 ? (byte)0 : matrix[row + 1, column + 1];
                matrix[row, column] = (byte)(shifted ^ GaloisField.Of187.Multiply(carried, generator[row + 1]));
            }
        }

        return matrix;
    }
}
