// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Copying;

public sealed class SlowReadsTests
{
    private readonly SlowReads _slow = new();

    [Theory]
    [InlineData(100, 101, true)] // ten times slower than a tenth of a second a sector, and then some
    [InlineData(100, 100, false)]
    [InlineData(1, 15, true)]
    [InlineData(1, 14.9, false)] // drives are silent for so long at times
    [InlineData(1000, 101, false)] // many sectors in that time
    public void A_read_ten_times_slower_than_the_average_is_a_struggle(int sectors, double seconds, bool isSlow)
    {
        Assert.False(_slow.Note(new(1000, SectorFault.None), TimeSpan.FromSeconds(100)));

        Assert.Equal(isSlow, _slow.Note(new(sectors, SectorFault.None), TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void The_first_read_is_never_slow_and_a_failed_one_says_nothing()
    {
        Assert.False(_slow.Note(new(1, SectorFault.None), TimeSpan.FromSeconds(60)));
        SlowReads other = new();
        Assert.False(other.Note(new(10, SectorFault.Unreadable), TimeSpan.FromSeconds(60)));
        Assert.False(other.Note(new(1, SectorFault.None), TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_slow_read_does_not_make_the_next_one_less_slow()
    {
        _slow.Note(new(1000, SectorFault.None), TimeSpan.FromSeconds(100));
        Assert.True(_slow.Note(new(1, SectorFault.None), TimeSpan.FromSeconds(5000)));

        Assert.True(_slow.Note(new(1, SectorFault.None), TimeSpan.FromSeconds(15)));
    }
}
