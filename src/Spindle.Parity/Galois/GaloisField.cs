// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>Arithmetic in GF(2^8) over one polynomial.</summary>
/// <remarks>Addition and subtraction are both exclusive or. The generator is alpha = 2. Immutable.</remarks>
internal sealed class GaloisField
{
    /// <summary>Elements other than zero: alpha to this power is 1.</summary>
    public const int Order = 255;

    private readonly byte[] _exponentials = new byte[2 * Order];
    private readonly byte[] _logarithms = new byte[256];
    private readonly byte[] _products = new byte[256 * 256];

    private GaloisField(int polynomial)
    {
        Polynomial = polynomial;
        int value = 1;
        for (int power = 0; power < Order; power++)
        {
            _exponentials[power] = _exponentials[power + Order] = (byte)value;
            _logarithms[value] = (byte)power;
            value <<= 1;
            value = value > 255 ? value ^ polynomial : value;
        }

        for (int left = 1; left < 256; left++)
        {
            for (int right = 1; right < 256; right++)
            {
                _products[(left * 256) + right] = _exponentials[_logarithms[left] + _logarithms[right]];
            }
        }
    }

    /// <summary>Over x^8+x^7+x^2+x+1: the field of the parity within a disc.</summary>
    public static GaloisField Of187 { get; } = new(0x187);

    /// <summary>Over x^8+x^4+x^3+x^2+1: the field of the parity of a set of discs.</summary>
    public static GaloisField Of11D { get; } = new(0x11D);

    /// <summary>The field polynomial, x^8 included.</summary>
    public int Polynomial { get; }

    /// <summary>The last eight bits of <see cref="Polynomial"/>, which tell the fields apart.</summary>
    public byte Mark => (byte)(Polynomial & 0xFF);

    /// <summary>The field that has this mark.</summary>
    public static GaloisField Marked(byte mark) => mark == Of11D.Mark ? Of11D : Of187;

    /// <summary>The product of two elements.</summary>
    public byte Multiply(byte left, byte right) => _products[(left * 256) + right];

    /// <summary>All 256 products of one element, by the other factor.</summary>
    public ReadOnlySpan<byte> ProductsOf(byte factor) => _products.AsSpan(factor * 256, 256);

    /// <summary>The element whose product with <paramref name="value"/> is 1.</summary>
    /// <param name="value">Any element but zero.</param>
    public byte Inverse(byte value) =>
        value == 0 ? throw new DivideByZeroException() : _exponentials[Order - _logarithms[value]];

    /// <summary>Alpha to a power.</summary>
    /// <param name="exponent">Any number: powers repeat after 255.</param>
    public byte Power(int exponent)
    {
        int wrapped = exponent % Order;
        return _exponentials[wrapped < 0 ? wrapped + Order : wrapped];
    }

    /// <summary>An element to a power.</summary>
    /// <param name="value">Any element.</param>
    /// <param name="exponent">At least 0; anything to the power of 0 is 1.</param>
    public byte Power(byte value, int exponent) =>
        exponent == 0 ? (byte)1 : value == 0 ? (byte)0 : Power(_logarithms[value] * (exponent % Order));
}
