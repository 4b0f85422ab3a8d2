// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Parity.DiscSet;
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class SetCodeTests
{
    [Fact]
    public void Six_rows_are_byte_for_byte_those_of_SnapRAID() =>
        Assert.Equal(
            Enumerable.Range(1, 6).Select(row => SixDiscs.Sha256Of($"row{row}")),
            SixDiscs.Parity(6).Select(row => Convert.ToHexStringLower(SHA256.HashData(row))));

    [Theory]
    [InlineData(3, "01f5d2c49a71")]
    [InlineData(6, "012b3fcf732c")]
    [InlineData(7, "01e018c8eaec")]
    [InlineData(8, "01fd1b89f153")]
    public void Further_rows_begin_as_the_table_says(int row, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower([.. Enumerable.Range(0, 6).Select(disc => SetCode.Coefficient(SetForm.Cauchy, row - 1, disc))]));

    [Fact]
    public void Any_discs_of_the_largest_sets_follow_from_any_rows()
    {
        Random random = new(9);
        foreach (int rows in Enumerable.Range(1, SetCode.MostRows))
        {
            int discs = SetCode.MostDiscs(rows);
            GaloisMatrix code = new(GaloisField.Of11D, rows, discs);
            for (int disc = 0; disc < discs; disc++)
            {
                foreach ((int row, byte coefficient) in SetCode.Coefficients(rows, disc).Index())
                {
                    code[row, disc] = coefficient;
                }
            }

            for (int round = 0; round < 4_000; round++)
            {
                int size = random.Next(1, rows + 1);
                Assert.NotNull(code.Select([.. Some(random, rows, size)], [.. Some(random, discs, size)]).TryInverse());
            }
        }
    }

    private static IEnumerable<int> Some(Random random, int of, int count)
    {
        int[] all = [.. Enumerable.Range(0, of)];
        random.Shuffle(all);
        return all.Take(count);
    }
}
