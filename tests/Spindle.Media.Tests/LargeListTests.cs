// SPDX-License-Identifier: MIT
namespace Spindle.Media.Tests;

public sealed class LargeListTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(16_384)]
    [InlineData(100_001)]
    public void Keeps_what_was_added_and_lets_it_be_changed(int count)
    {
        LargeList<long> list = new();
        for (int number = 0; number < count; number++)
        {
            list.Add(number * 3L);
            list[number / 2] += 1;
        }

        Assert.Equal(count, list.Count);
        Assert.Equal(Enumerable.Range(0, count).Sum(number => (number * 3L) + 1), Enumerable.Range(0, count).Sum(number => list[number]));
        Assert.Throws<ArgumentOutOfRangeException>(() => list[count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
    }
}
