// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.Galois;

public sealed class GaloisFieldTests
{
    [Fact]
    public void Counts_up_powers_as_the_format_does() =>
        Assert.Equal(
            [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x87, 0x89, 0x95, 0xad, 0xdd, 0x3d, 0x7a, 0xf4, 0x6f, 0xde],
            Enumerable.Range(0, 18).Select(GaloisField.Power));

    [Fact]
    public void Multiplies_like_polynomials()
    {
        for (int left = 0; left < 256; left++)
        {
            for (int right = 0; right < 256; right++)
            {
                Assert.Equal(LongMultiplication(left, right), GaloisField.Multiply((byte)left, (byte)right));
            }
        }
    }

    [Fact]
    public void Inverts_all_but_zero()
    {
        Assert.All(Enumerable.Range(1, 255), value => Assert.Equal(1, GaloisField.Multiply((byte)value, GaloisField.Inverse((byte)value))));
        Assert.Throws<DivideByZeroException>(() => GaloisField.Inverse(0));
    }

    [Fact]
    public void Wraps_powers_in_both_directions()
    {
        Assert.Equal(GaloisField.Power(3), GaloisField.Power(3 + (255 * 40)));
        Assert.Equal(GaloisField.Power(3), GaloisField.Power(3 - (255 * 40)));
    }

    private static byte LongMultiplication(int left, int right)
    {
        int product = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            product ^= ((right >> bit) & 1) * (left << bit);
        }

        for (int bit = 15; bit >= 8; bit--)
        {
            product ^= ((product >> bit) & 1) * (GaloisField.Polynomial << (bit - 8));
        }

        return (byte)product;
    }
}
