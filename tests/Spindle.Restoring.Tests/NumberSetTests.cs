// SPDX-License-Identifier: MIT
namespace Spindle.Restoring.Tests;

public sealed class NumberSetTests
{
    [Fact]
    public void It_has_what_was_added_and_nothing_else()
    {
        long[] numbers = [0, 1, 63, 64, 200, 1000];
        NumberSet set = new(1000);

        Assert.All(numbers, number => Assert.True(set.Add(number)));

        Assert.All(numbers, number => Assert.False(set.Add(number)));
        Assert.Equal(numbers, Enumerable.Range(0, 1001).Select(number => (long)number).Where(set.Contains));
    }
}
