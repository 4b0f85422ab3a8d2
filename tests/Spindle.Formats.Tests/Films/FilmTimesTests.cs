// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;
using Spindle.Formats.Tests.DvdVideo;

namespace Spindle.Formats.Tests.Films;

public sealed class FilmTimesTests
{
    [Theory]
    [InlineData(0L, 5L, 5L)]
    [InlineData(90_000L, -90_000L, 0L)]
    [InlineData(0x1_FFFF_FFFFL, 1L, 0L)] // begins anew after 26 hours
    [InlineData(3L, -4L, 0x1_FFFF_FFFFL)]
    [InlineData(0x1_2345_6789L, 0x8765_4321L, 0x1_AAAA_AAAAL)]
    public void A_time_is_moved_and_its_markers_stay(long time, long ticks, long expected)
    {
        byte[] bytes = FilmPacks.Time(3, time);
        MpegTime.Shift(bytes, ticks);

        Assert.Equal(FilmPacks.Time(3, expected), bytes);
        Assert.Equal(expected, MpegTime.Read(bytes));
    }

    [Theory]
    [InlineData(10L, 20L, 10L)]
    [InlineData(20L, 10L, -10L)]
    [InlineData(0x1_FFFF_FFF0L, 0x10L, 0x20L)]
    [InlineData(0x10L, 0x1_FFFF_FFF0L, -0x20L)]
    public void Between_two_times_one_may_have_begun_anew(long from, long to, long between) => Assert.Equal(between, MpegTime.Between(from, to));

    [Fact]
    public void Between_two_marks_time_goes_in_proportion()
    {
        FilmMarks marks = new();
        Assert.Equal((null, TimeSpan.Zero), (marks.Last, marks.At(5)));
        marks.Add(10, 0);
        marks.Add(20, 90_000);
        marks.Add(20, 180_000);

        Assert.Equal([0.0, 0.0, 0.5, 2.0, 2.0], new long[] { 0, 10, 15, 20, 99 }.Select(sector => marks.At(sector).TotalSeconds));
        Assert.Equal(180_000, marks.Last);
    }

    [Fact]
    public void Sectors_that_follow_one_another_are_lost_as_one_and_of_too_many_the_last_one_grows()
    {
        LostSectors lost = new();
        foreach (long sector in (long[])[4, 5, 6, 9])
        {
            lost.Add(sector);
        }

        Assert.Equal([(4, 3, 4.0, 7.0), (9, 1, 9.0, 10.0)], Told(lost));
        for (long number = 0; number < 10_000; number++)
        {
            lost.Add(20 + (2 * number));
        }

        Assert.Equal(10_000, Told(lost).Count);
        Assert.Equal((20 + (2 * 9_997), 5), (Told(lost)[^1].First, Told(lost)[^1].Count));

        static List<(long First, long Count, double Begin, double End)> Told(LostSectors lost) =>
            [.. lost.At(sector => TimeSpan.FromSeconds(sector)).Select(one => (one.First, one.Count, one.Begin.TotalSeconds, one.End.TotalSeconds))];
    }
}
