// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Rescuing;

public sealed class TrimmingTests
{
    private readonly SectorMap _map = new(30);

    [Theory]
    [InlineData(SectorState.Finished, SectorState.Finished, 10)]
    [InlineData(SectorState.Finished, SectorState.Bad, 10)]
    [InlineData(SectorState.Bad, SectorState.Finished, 19)] // the front edge is found
    [InlineData(SectorState.Bad, SectorState.NonTried, 19)]
    public void An_area_is_read_from_its_front_up_to_a_failure_and_then_from_its_back(SectorState before, SectorState behind, long expected)
    {
        _map.Set(new(0, 10), before);
        _map.Set(new(10, 10), SectorState.NonTrimmed);
        _map.Set(new(20, 10), behind);

        Assert.Equal(new SectorRange(expected, 1), Trimming().Next());
    }

    [Fact]
    public void An_area_with_both_edges_found_is_left_to_scraping()
    {
        _map.Set(new(0, 30), SectorState.Bad);
        _map.Set(new(10, 10), SectorState.NonTrimmed);
        _map.Set(new(25, 5), SectorState.NonTrimmed);

        Assert.Equal(new SectorRange(29, 1), Trimming().Next()); // the medium's end is no edge that was found
        Assert.Equal((SectorState.NonScraped, SectorState.NonScraped), (_map[10], _map[19]));
    }

    [Fact]
    public void The_start_of_the_medium_is_no_edge_that_was_found()
    {
        _map.Set(new(0, 30), SectorState.NonTrimmed);
        Trimming trimming = Trimming();

        Assert.Equal(new SectorRange(0, 1), trimming.Next());
        trimming.Note(new(0, 1), new(0, SectorFault.Unreadable), isSlow: false);
        Assert.Equal((SectorState.Bad, new SectorRange(29, 1)), (_map[0], trimming.Next()));
        trimming.Note(new(29, 1), new(1, SectorFault.None), isSlow: false);
        Assert.Equal((SectorState.Finished, new SectorRange(28, 1)), (_map[29], trimming.Next()));
    }

    private Trimming Trimming() => new(_map, RescueTuning.For(new(2048, 30 * 2048), retries: 0), RescueCursor.Start);
}
