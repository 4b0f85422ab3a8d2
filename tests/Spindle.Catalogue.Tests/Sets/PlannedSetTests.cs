// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Sets;

namespace Spindle.Catalogue.Tests.Sets;

public sealed class PlannedSetTests
{
    private static readonly Guid Plan = Guid.Parse("00000000-0000-4000-8000-000000000001");

    [Theory]
    [InlineData(50, 24, new[] { 17, 17, 16 })]
    [InlineData(24, 24, new[] { 24 })]
    [InlineData(25, 24, new[] { 13, 12 })]
    [InlineData(1, 255, new[] { 1 })]
    [InlineData(0, 24, new int[0])]
    public void Sets_are_few_and_of_one_size(int discs, int size, int[] expected) => Assert.Equal(expected, PlannedSet.Balanced(discs, size));

    [Fact]
    public void Each_disc_is_in_one_set_and_the_same_plan_gives_the_same_sets()
    {
        IReadOnlyList<PlannedSet> sets = PlannedSet.Of((2, 24, 3), Plan, (10, 59, 50));

        Assert.Equal([(10, 26), (27, 43), (44, 59)], sets.Select(set => (set.FirstDisc, set.LastDisc)));
        Assert.Equal([3, 4, 5], sets.Select(set => set.Number));
        Assert.Equal(9, sets.SelectMany(set => new[] { set.Uuid, set.UuidOf(1), set.UuidOf(2) }).Distinct().Count());
        Assert.Equal(sets, PlannedSet.Of((2, 24, 3), Plan, (10, 59, 50)));
    }

    [Theory]
    [InlineData(null, 24, 0, 50)] // a plan without parity discs
    [InlineData(9, 24, 0, 50)] // more than there can be
    [InlineData(2, 0, 0, 50)]
    [InlineData(2, 24, null, 50)]
    [InlineData(2, 24, 0, 49)] // a disc among them is another plan's
    public void What_contradicts_itself_has_no_sets(int? rows, int? size, int? first, long count) =>
        Assert.Empty(PlannedSet.Of((rows, size, first), Plan, (0, 49, count)));

    [Theory]
    [InlineData("PHOTOS_0003", "PHOTOS_S000_P1")]
    [InlineData("A_B_0003", "A_B_S000_P1")]
    [InlineData("A2345678901234567890123456_0003", "A23456789012345678901234_S000_P1")]
    [InlineData("", "_S000_P1")]
    public void Labels_fit_beside_those_of_discs(string disc, string expected)
    {
        string label = new PlannedSet(0, Plan, 2, 0, 3).LabelOf(disc, 1);

        Assert.Equal(expected.Length > 31 ? expected[..(31 - "_S000_P1".Length)] + "_S000_P1" : expected, label);
    }
}
