// SPDX-License-Identifier: MIT
namespace Spindle.Media.Tests;

public sealed class SectorRangeTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(long.MaxValue, 1)]
    public void Rejects_numbers_that_name_no_sectors(long start, long count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SectorRange(start, count));

    [Theory]
    [InlineData(0, 10, 5, 10, 5, 5)]
    [InlineData(5, 10, 0, 7, 5, 2)]
    [InlineData(0, 5, 5, 5, 5, 0)]
    [InlineData(9, 1, 0, 3, 9, 0)]
    public void Intersects(long start, long count, long otherStart, long otherCount, long expectedStart, long expectedCount) =>
        Assert.Equal(new SectorRange(expectedStart, expectedCount), new SectorRange(start, count).Intersect(new(otherStart, otherCount)));

    [Theory]
    [InlineData(0, 0, "none")]
    [InlineData(16, 1, "16")]
    [InlineData(16, 16, "16-31")]
    public void Is_written_with_both_ends_inclusive(long start, long count, string expected) =>
        Assert.Equal(expected, new SectorRange(start, count).ToString());

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(14, true)]
    [InlineData(15, false)]
    public void A_sector_is_in_a_range_from_its_start_up_to_before_its_end(long sector, bool isInside) => Assert.Equal(isInside, new SectorRange(5, 10).Contains(sector));
}
