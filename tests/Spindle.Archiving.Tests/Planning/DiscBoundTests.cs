// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Archiving.Planning;

namespace Spindle.Archiving.Tests.Planning;

public sealed class DiscBoundTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1, 100)]
    [InlineData(3, 60, 60, 60)] // no two of them fit
    [InlineData(2, 50, 50, 50)]
    [InlineData(4, 70, 70, 70, 40)] // L2: beside 70 there is no room for 40
    [InlineData(2, 70, 30, 70, 30)]
    [InlineData(5, 99, 99, 98, 97, 3, 3)]
    public void Counts_what_can_not_share_a_disc(int expected, params int[] sizes)
    {
        DiscBound bound = new(100);
        foreach (int size in sizes)
        {
            bound.Add(size);
        }

        Assert.Equal(expected, bound.Discs());
    }

    [Fact]
    public void Never_exceeds_what_first_fit_decreasing_needs() =>
        Prop.ForAll(Gen.Choose(1, 100).ListOf().ToArbitrary(), sizes =>
        {
            DiscBound bound = new(100);
            List<int> discs = [];
            foreach (int size in sizes.OrderDescending())
            {
                bound.Add(size);
                int fit = discs.FindIndex(load => load + size <= 100);
                if (fit < 0)
                {
                    discs.Add(size);
                }
                else
                {
                    discs[fit] += size;
                }
            }

            Assert.InRange(bound.Discs(), 0, discs.Count);
        }).QuickCheckThrowOnFailure();
}
