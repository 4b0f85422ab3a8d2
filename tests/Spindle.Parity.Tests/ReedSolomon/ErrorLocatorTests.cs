// SPDX-License-Identifier: MIT
using Spindle.Parity.ReedSolomon;

namespace Spindle.Parity.Tests.ReedSolomon;

public sealed class ErrorLocatorTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(33)]
    [InlineData(170)]
    public void Finds_errors_up_to_what_the_erasures_leave(int roots)
    {
        Random random = new(roots);
        ReedSolomonCode code = new(roots);
        for (int round = 0; round < 200; round++)
        {
            int erasures = random.Next(roots + 1);
            int errors = random.Next(((roots - erasures) / 2) + 1);
            int[] symbols = [.. Enumerable.Range(0, 255)];
            random.Shuffle(symbols);
            byte[] word = Codeword(code, random);
            foreach (int symbol in symbols.AsSpan(0, erasures + errors))
            {
                word[symbol] ^= (byte)random.Next(1, 256);
            }

            byte[] syndromes = new byte[roots];
            ReedSolomonCode.Syndromes(word, syndromes);

            int[]? found = ErrorLocator.Locate(syndromes, symbols.AsSpan(0, erasures));

            Assert.Equal(symbols.Take(erasures + errors).Order(), found);
        }
    }

    [Fact]
    public void Finds_nothing_where_the_errors_are_too_many()
    {
        Random random = new(1);
        ReedSolomonCode code = new(40);
        int found = 0;
        for (int round = 0; round < 200; round++)
        {
            byte[] word = Codeword(code, random);
            for (int symbol = 0; symbol < 60; symbol++)
            {
                word[symbol * 4] ^= (byte)random.Next(1, 256);
            }

            byte[] syndromes = new byte[40];
            ReedSolomonCode.Syndromes(word, syndromes);
            found += ErrorLocator.Locate(syndromes, []) is null ? 0 : 1;
        }

        Assert.Equal(0, found);
    }

    [Fact]
    public void Has_no_answer_to_more_erasures_than_roots() => Assert.Null(ErrorLocator.Locate(new byte[2], [1, 2, 3]));

    private static byte[] Codeword(ReedSolomonCode code, Random random)
    {
        byte[] data = new byte[code.DataSymbols];
        random.NextBytes(data);
        return [.. data, .. ReedSolomonCodeTests.Encode(code, data)];
    }
}
