// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Rescuing;

/// <summary>What is read in which order, and what is known in the end. Sectors are small: the strategy does not look into them.</summary>
public sealed class RescueStrategyTests
{
    private const int SectorCount = 4_000;

    private static readonly byte[] Content = new byte[SectorCount * 2048];

    [Fact]
    public void Skips_behind_a_failure_and_farther_with_each_in_a_row()
    {
        Rescue rescue = new(Disc().Bad(64, 600));

        rescue.Run();

        // 4000 sectors: a skip of 32, then of 40, and no more, as that is 1 % of the medium.
        Assert.Equal(
            [new(0, 32), new(32, 64), new(128, 32), new(200, 24), new(264, 24)],
            rescue.Reads.Select(read => read.Range).Take(5));
        Rescue large = new(Disc().Bad(64, 600)) { Tuning = Tuning() with { LargestSkip = 128 } };
        large.Run();
        Assert.Equal([new(32, 64), new(128, 32), new(224, 32), new(384, 32)], large.Reads.Select(read => read.Range).Skip(1).Take(4));
    }

    [Fact]
    public void Comes_back_from_behind_and_stops_at_the_failure_there()
    {
        Rescue rescue = new(Disc().Bad(100).Bad(150));

        rescue.Run();

        // The failure at 100 skips 128 to 159; the failure at 150 is met when these are read backwards.
        RescuePass backwards = rescue.Passes.Single(pass => pass.IsBackwards && pass.Phase == RescueStatus.Copying);
        Assert.Equal((2, 1, 1), (backwards.Number, backwards.Reads, backwards.FailedReads));
        Assert.Equal(BadSectors.MapOf(SectorCount, [new(100, 1), new(150, 1)]).Runs, rescue.Map.Runs);
    }

    [Fact]
    public void Goes_through_the_phases_in_order()
    {
        Rescue rescue = new(Disc().Bad(70, 500).Bad(1_000).Bad(3_998, 2), retries: 2);

        rescue.Run();

        Assert.Equal(
            [
                (RescueStatus.Copying, 1), (RescueStatus.Copying, 2), (RescueStatus.Copying, 5), (RescueStatus.Trimming, 1),
                (RescueStatus.Scraping, 1), (RescueStatus.Retrying, 1), (RescueStatus.Retrying, 2),
            ],
            rescue.Passes.Select(pass => (pass.Phase, pass.Number)));
        Assert.Equal([false, true, false, false, false, false, true], rescue.Passes.Select(pass => pass.IsBackwards));
    }

    [Fact]
    public void Sweeps_what_lies_between_failures()
    {
        Rescue rescue = new(Disc().Bad(100).Bad(200).Bad(300)) { Tuning = Tuning() with { FirstSkip = 512, LargestSkip = 512 } };

        rescue.Run();

        Assert.Equal([1, 2, 4, 5], rescue.Passes.Where(pass => pass.Phase == RescueStatus.Copying).Select(pass => pass.Number).Order());
        Assert.Equal(3, rescue.Map.Total(SectorState.Bad));
    }

    [Fact]
    public void Reads_the_tail_sector_by_sector_so_that_a_run_out_takes_no_neighbour_with_it()
    {
        Rescue rescue = new(Disc().Bad(SectorCount - 2, 2));

        rescue.Run();

        Assert.Equal([new(3_998, 1), new(3_999, 1)], rescue.Reads.Where(read => read.Read.Fault != SectorFault.None).Select(read => read.Range));
    }

    [Theory]
    [InlineData(600_000_000, 1)]
    [InlineData(4_700_000_000, 16)]
    [InlineData(25_000_000_000, 32)]
    public void Tries_again_what_the_drive_decodes_as_a_whole(long bytes, int unit)
    {
        Assert.Equal(unit, RescueTuning.For(new(2048, bytes), retries: 1).Unit);
        Assert.Equal(1, RescueTuning.For(new(512, bytes), retries: 1).Unit);
        Rescue rescue = new(Disc().Bad(96, 32), retries: 1) { Tuning = Tuning() with { Unit = unit, Retries = 1 } };

        rescue.Run();

        Assert.Equal(32 / unit, rescue.Passes.Single(pass => pass.Phase == RescueStatus.Retrying).FailedReads);
    }

    [Fact]
    public void Reads_much_at_once_where_another_drive_reads_what_the_first_could_not()
    {
        Rescue rescue = new(Disc())
        {
            Map = BadSectors.MapOf(SectorCount, [new(1_000, 1_000)]),
            Start = new(RescueStatus.Finished, 1, SectorCount),
        };

        rescue.Run();

        Assert.True(rescue.Map.IsFinished);
        Assert.InRange(rescue.Reads.Count, 1, 20);
    }

    [Fact]
    public void Leaves_a_slow_place_for_later_and_reads_it_then()
    {
        Rescue rescue = new(Disc()) { Duration = range => range.Intersect(new(500, 10)).IsEmpty ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(20) };

        rescue.Run();

        SectorRange slow = rescue.Reads.First(read => !read.Range.Intersect(new(500, 10)).IsEmpty).Range;
        Assert.Equal(0, rescue.FailedReads);
        Assert.True(rescue.Map.IsFinished);
        Assert.True(rescue.Reads.FindIndex(read => read.Range.Contains(slow.End)) > rescue.Reads.FindIndex(read => read.Range.Contains(slow.End + 32)));
    }

    [Fact]
    public void Takes_the_rest_of_a_medium_that_ends_early_for_bad()
    {
        Rescue rescue = new(Disc().EndsAt(3_000));

        rescue.Run();

        Assert.Equal(BadSectors.MapOf(SectorCount, [new(3_000, 1_000)]).Runs, rescue.Map.Runs);
    }

    [Fact]
    public void Knows_exactly_the_bad_sectors_in_the_end_and_tries_none_more_than_twice()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(BadSectors.On(SectorCount).ToArbitrary(), bad =>
        {
            Rescue rescue = new(DiscWith(bad));

            RescueCursor end = rescue.Run();

            SectorMap expected = BadSectors.MapOf(SectorCount, bad);
            Assert.Equal(expected.Runs, rescue.Map.Runs);
            Assert.Equal(RescueStatus.Finished, end.Status);
            Assert.InRange(rescue.FailedReads, expected.RangesOf(SectorState.Bad).Count(), 2 * expected.Total(SectorState.Bad));
        }));
    }

    [Fact]
    [Slow("a rescue is stopped after every one of its reads")]
    public void Can_be_stopped_after_any_read_and_carried_on_from_its_map()
    {
        Gen<(SectorRange[] Bad, int Stop)> cases = BadSectors.On(SectorCount).SelectMany(_ => Gen.Choose(0, 400), (bad, stop) => (bad, stop));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), ((SectorRange[] Bad, int Stop) run) =>
        {
            Rescue first = new(DiscWith(run.Bad), retries: 1);
            RescueCursor stopped = first.Run(run.Stop);
            Rescue second = new(DiscWith(run.Bad), retries: 1) { Map = new(first.Map), Start = stopped };

            second.Run();

            Assert.Equal(BadSectors.MapOf(SectorCount, run.Bad).Runs, second.Map.Runs);
            Assert.DoesNotContain(second.Reads, read => !first.Map.RangesOf(SectorState.Finished).All(known => known.Intersect(read.Range).IsEmpty));
        }));
    }

    [Fact]
    public void Ends_whatever_map_and_place_it_starts_from()
    {
        SectorState[] states = Enum.GetValues<SectorState>();
        RescueStatus[] statuses = Enum.GetValues<RescueStatus>();
        Gen<(int Seed, SectorRange[] Bad)> cases = Gen.Choose(0, int.MaxValue).SelectMany(_ => BadSectors.On(SectorCount), (seed, bad) => (seed, bad));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(cases.ToArbitrary(), ((int Seed, SectorRange[] Bad) run) =>
        {
            Random random = new(run.Seed);
            SectorMap map = new(SectorCount);
            for (int i = 0; i < 40; i++)
            {
                int start = random.Next(SectorCount);
                map.Set(new(start, random.Next(SectorCount - start)), states[random.Next(states.Length)]);
            }

            RescueCursor start1 = new(statuses[random.Next(statuses.Length)], random.Next(1, 9), random.Next(2 * SectorCount));
            Rescue rescue = new(DiscWith(run.Bad)) { Map = map, Start = start1 };

            rescue.Run();

            Assert.Equal(SectorCount, map.Total(SectorState.Finished) + map.Total(SectorState.Bad));
        }));
    }

    [Fact]
    public void Trims_from_the_front_up_to_a_failure_and_then_from_the_back()
    {
        SectorMap map = new(SectorCount, SectorState.Finished);
        map.Set(new(100, 10), SectorState.NonTrimmed);
        map.Set(new(200, 2), SectorState.NonTrimmed);
        Rescue rescue = new(Disc().Bad(103, 4).Bad(200, 2)) { Map = map, Start = new(RescueStatus.Trimming, 1, 0) };

        rescue.Run();

        Assert.Equal([100, 101, 102, 103, 109, 108, 107, 106, 200, 201, 104, 105], rescue.Reads.Select(read => read.Range.Start)); // the last two are scraped
        Assert.All(rescue.Reads, read => Assert.Equal(1, read.Range.Count));
    }

    [Theory]
    [InlineData(1, new long[] { 100, 200, 300 })]
    [InlineData(2, new long[] { 300, 200, 100 })]
    public void Tries_again_in_the_other_direction_each_time(int pass, long[] order)
    {
        SectorMap map = BadSectors.MapOf(SectorCount, [new(100, 1), new(200, 1), new(300, 1)]);
        Rescue rescue = new(Disc().Bad(100).Bad(200).Bad(300), retries: pass)
        {
            Map = map,
            Start = new(RescueStatus.Retrying, pass, pass == 1 ? 0 : SectorCount),
        };

        rescue.Run();

        Assert.Equal(order, rescue.Reads.Select(read => read.Range.Start));
    }

    [Theory]
    [InlineData(1, new long[] { 148, 149, 260, 261 })]
    [InlineData(2, new long[] { 261, 260, 149, 148 })]
    public void Never_tries_again_what_nobody_has_written(int pass, long[] order)
    {
        SectorRange bad = new(148, 114);
        Rescue rescue = new(Disc().Bad(bad.Start, bad.Count), retries: pass)
        {
            Map = BadSectors.MapOf(SectorCount, [bad]),
            Start = new(RescueStatus.Retrying, pass, pass == 1 ? 0 : SectorCount),
            Tuning = Tuning() with { Retries = pass, OffTrack = [new(150, 110)] },
        };

        rescue.Run();

        Assert.Equal(order, rescue.Reads.Select(read => read.Range.Start));
    }

    [Fact]
    public void Begins_the_retries_anew_where_an_earlier_run_went_further_than_this_one_shall()
    {
        Rescue rescue = new(Disc().Bad(100), retries: 2)
        {
            Map = BadSectors.MapOf(SectorCount, [new(100, 1)]),
            Start = new(RescueStatus.Retrying, 5, 0),
        };

        rescue.Run();

        Assert.Equal([(RescueStatus.Retrying, 1), (RescueStatus.Retrying, 2)], rescue.Passes.Select(pass => (pass.Phase, pass.Number)));
    }

    [Fact]
    public void Tries_nothing_again_before_all_is_scraped()
    {
        SectorMap map = BadSectors.MapOf(SectorCount, [new(100, 1)]);
        map.Set(new(200, 5), SectorState.NonScraped);
        Rescue rescue = new(Disc().Bad(100).Bad(200, 5), retries: 1) { Map = map, Start = new(RescueStatus.Retrying, 1, 0) };

        rescue.Run();

        Assert.Equal([RescueStatus.Scraping, RescueStatus.Retrying], rescue.Passes.Select(pass => pass.Phase));
    }

    private static SimulatedDisc Disc() => new(Content);

    private static RescueTuning Tuning() => RescueTuning.For(new MediumLayout(2048, Content.Length), retries: 0);

    private static SimulatedDisc DiscWith(IEnumerable<SectorRange> bad) =>
        bad.Aggregate(Disc(), (disc, range) => disc.Bad(range.Start, range.Count));
}
