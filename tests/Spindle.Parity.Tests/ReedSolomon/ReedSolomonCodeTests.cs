// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;

namespace Spindle.Parity.Tests.ReedSolomon;

public sealed class ReedSolomonCodeTests
{
    [Theory]
    [InlineData(8, "01d1972227 9c1a88a4")]
    [InlineData(16, "01c16e62530a6b178c1b195e0a2f3b338a")]
    [InlineData(32, "015b7f56101e0deb61a5082a3656ab207120ab56362a08a561eb0d1e10567f5b01")]
    public void Has_the_generator_of_the_format(int roots, string coefficients) =>
        Assert.Equal(coefficients.Replace(" ", ""), Convert.ToHexStringLower(new ReedSolomonCode(roots).Generator));

    [Theory]
    [InlineData(8, "b782bfd79161cdc2")]
    [InlineData(32, "2fbd4fb4748494b9acd554627212eeb3ebed41191de1d36320ea49290b25abcf")]
    [InlineData(170, "7e4c984de014ffc72ee162a9ce7ec41c")]
    public void Encodes_counted_up_data_as_the_format_does(int roots, string firstParity)
    {
        ReedSolomonCode code = new(roots);
        byte[] parity = Encode(code, [.. Enumerable.Range(0, code.DataSymbols).Select(value => (byte)value)]);

        Assert.Equal(firstParity, Convert.ToHexStringLower(parity)[..firstParity.Length]);
    }

    [Fact]
    public void Has_codewords_whose_syndromes_are_zero()
    {
        ReedSolomonCode code = new(20);
        byte[] data = new byte[code.DataSymbols];
        new Random(3).NextBytes(data);
        byte[] syndromes = new byte[20];

        ReedSolomonCode.Syndromes([.. data, .. Encode(code, data)], syndromes);

        Assert.Equal(new byte[20], syndromes);
    }

    internal static byte[] Encode(ReedSolomonCode code, ReadOnlySpan<byte> data)
    {
        byte[] parity = new byte[code.Roots];
        for (int k = 0; k < code.Roots; k++)
        {
            for (int j = 0; j < data.Length; j++)
            {
                parity[k] ^= GaloisField.Of187.Multiply(code.ParityMatrix[k, j], data[j]);
            }
        }

        return parity;
    }
}
