// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting;

namespace Spindle.Files.Tests.Mounting;

public sealed class ListingHabitsTests
{
    private readonly ListingHabits _habits = new();

    [Fact]
    public void The_first_names_come_with_attributes_whoever_asks()
    {
        Assert.True(_habits.WantsAttributes(1, out bool isKnown));
        Assert.False(isKnown);
    }

    [Fact]
    public void Who_only_lists_is_told_of_names_alone()
    {
        _habits.Told(1, 400, withAttributes: true);

        Assert.False(_habits.WantsAttributes(1, out _));
        Assert.True(_habits.WantsAttributes(2, out _));
    }

    [Fact]
    public void Who_looks_names_up_is_told_more_from_then_on()
    {
        _habits.Told(1, 400, withAttributes: true);
        _habits.Told(1, 100, withAttributes: false);
        for (int name = 0; name < 17; name++)
        {
            Assert.False(_habits.WantsAttributes(1, out _));
            _habits.LookedUp(1);
        }

        Assert.True(_habits.WantsAttributes(1, out bool isKnown));
        Assert.True(isKnown);
    }

    [Fact]
    public void A_few_of_very_many_names_are_no_habit()
    {
        _habits.Told(1, 100_000, withAttributes: false);
        for (int name = 0; name < 1000; name++)
        {
            _habits.LookedUp(1);
        }

        Assert.False(_habits.WantsAttributes(1, out _));
    }
}
