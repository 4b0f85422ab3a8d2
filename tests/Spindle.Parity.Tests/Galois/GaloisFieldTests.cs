// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.Galois;

public sealed class GaloisFieldTests
{
    public static TheoryData<int> Polynomials() => [0x187, 0x11D];

    [Fact]
    public void Counts_up_powers_as_the_format_does() =>
        Assert.Equal(
            [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x87, 0x89, 0x95, 0xad, 0xdd, 0x3d, 0x7a, 0xf4, 0x6f, 0xde],
            Enumerable.Range(0, 18).Select(GaloisField.Of187.Power));

    [Fact]
    public void Counts_up_powers_as_sets_do() =>
        Assert.Equal([0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1d, 0x3a, 0x74, 0xe8, 0xcd, 0x87], Enumerable.Range(0, 14).Select(GaloisField.Of11D.Power));

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void Multiplies_like_polynomials(int polynomial)
    {
        GaloisField field = GaloisField.Marked((byte)(polynomial & 0xFF));
        for (int left = 0; left < 256; left++)
        {
            for (int right = 0; right < 256; right++)
            {
                Assert.Equal(LongMultiplication(polynomial, left, right), field.Multiply((byte)left, (byte)right));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void Inverts_all_but_zero(int polynomial)
    {
        GaloisField field = GaloisField.Marked((byte)(polynomial & 0xFF));
        Assert.All(Enumerable.Range(1, 255), value => Assert.Equal(1, field.Multiply((byte)value, field.Inverse((byte)value))));
        Assert.Throws<DivideByZeroException>(() => field.Inverse(0));
    }

    [Theory]
    [MemberData(nameof(Polynomials))]
    public void Wraps_powers_in_both_directions(int polynomial)
    {
        GaloisField field = GaloisField.Marked((byte)(polynomial & 0xFF));
        Assert.Equal(field.Power(3), field.Power(3 + (255 * 40)));
        Assert.Equal(field.Power(3), field.Power(3 - (255 * 40)));
    }

    [Fact]
    public void Raises_elements_to_powers()
    {
        byte product = 1;
        for (int exponent = 0; exponent < 600; exponent++)
        {
            Assert.Equal(product, GaloisField.Of11D.Power(7, exponent));
            product = GaloisField.Of11D.Multiply(product, 7);
        }

        Assert.Equal((1, 0), (GaloisField.Of11D.Power(0, 0), GaloisField.Of11D.Power(0, 3)));
    }

    private static byte LongMultiplication(int polynomial, int left, int right)
    {
        int product = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            product ^= ((right >> bit) & 1) * (left << bit);
        }

        for (int bit = 15; bit >= 8; bit--)
        {
            product ^= ((product >> bit) & 1) * (polynomial << (bit - 8));
        }

        return (byte)product;
    }
}
