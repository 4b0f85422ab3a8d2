// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>Arithmetic in GF(2^8) over x^8+x^7+x^2+x+1, the field of the parity on discs.</summary>
/// <remarks>Addition and subtraction are both exclusive or. The generator is alpha = 2.</remarks>
internal static class GaloisField
{
    /// <summary>The field polynomial, x^8 included.</summary>
    public const int Polynomial = 0x187;

    /// <summary>Elements other than zero: alpha to this power is 1.</summary>
    public const int Order = 255;

    private static readonly byte[] Exponentials = new byte[2 * Order];
    private static readonly byte[] Logarithms = new byte[256];
    private static readonly byte[] Products = new byte[256 * 256];

    static GaloisField()
    {
        int value = 1;
        for (int power = 0; power < Order; power++)
        {
            Exponentials[power] = Exponentials[power + Order] = (byte)value;
            Logarithms[value] = (byte)power;
            value <<= 1;
            value = value > 255 ? value ^ Polynomial : value;
        }

        for (int left = 1; left < 256; left++)
        {
            for (int right = 1; right < 256; right++)
            {
                Products[(left * 256) + right] = Exponentials[Logarithms[left] + Logarithms[right]];
            }
        }
    }

    /// <summary>The product of two elements.</summary>
    public static byte Multiply(byte left, byte right) => Products[(left * 256) + right];

    /// <summary>All 256 products of one element, by the other factor.</summary>
    public static ReadOnlySpan<byte> ProductsOf(byte factor) => Products.AsSpan(factor * 256, 256);

    /// <summary>The element whose product with <paramref name="value"/> is 1.</summary>
    /// <param name="value">Any element but zero.</param>
    public static byte Inverse(byte value) =>
        value == 0 ? throw new DivideByZeroException() : Exponentials[Order - Logarithms[value]];

    /// <summary>Alpha to a power.</summary>
    /// <param name="exponent">Any number: powers repeat after 255.</param>
    public static byte Power(int exponent)
    {
        int wrapped = exponent % Order;
        return Exponentials[wrapped < 0 ? wrapped + Order : wrapped];
    }
}
