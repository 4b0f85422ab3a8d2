// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Testing;

namespace Spindle.Media.Tests;

public sealed class SectorMapTests
{
    private const int Sectors = 60;

    private static readonly SectorState[] States = Enum.GetValues<SectorState>();

    [Fact]
    public void Starts_as_one_run()
    {
        SectorMap map = new(10);

        Assert.Equal([new SectorRun(new(0, 10), SectorState.NonTried)], map.Runs);
        Assert.Equal(10, map.Total(SectorState.NonTried));
    }

    [Fact]
    public void Is_empty_and_finished_where_there_are_no_sectors()
    {
        SectorMap map = new(0);

        Assert.Empty(map.Runs);
        Assert.True(map.IsFinished);
        Assert.Null(map.FirstOf(SectorState.NonTried));
    }

    [Fact]
    public void Joins_neighbours_of_one_state()
    {
        SectorMap map = new(30);
        map.Set(new(0, 10), SectorState.Finished);
        map.Set(new(20, 10), SectorState.Finished);

        map.Set(new(10, 10), SectorState.Finished);

        Assert.Equal([new SectorRun(new(0, 30), SectorState.Finished)], map.Runs);
        Assert.True(map.IsFinished);
    }

    [Fact]
    public void Finds_the_first_sectors_of_a_state_cut_off_where_the_search_starts()
    {
        SectorMap map = new(30);
        map.Set(new(10, 10), SectorState.Bad);

        Assert.Equal(new SectorRange(10, 10), map.FirstOf(SectorState.Bad));
        Assert.Equal(new SectorRange(15, 5), map.FirstOf(SectorState.Bad, 15));
        Assert.Null(map.FirstOf(SectorState.Bad, 20));
        Assert.Null(map.FirstOf(SectorState.NonTried, 30));
    }

    [Fact]
    public void Rejects_sectors_that_the_medium_does_not_have()
    {
        SectorMap map = new(10);

        Assert.Throws<ArgumentOutOfRangeException>(() => map.Set(new(5, 6), SectorState.Bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => map[10]);
        Assert.Throws<ArgumentOutOfRangeException>(() => map[-1]);
    }

    [Fact]
    [Slow("two thousand random histories of a map")]
    public void Stays_ordered_gap_free_and_joined_and_agrees_with_a_plain_array()
    {
        Gen<(int Start, int Count, SectorState State)[]> changes = Gen.Choose(0, Sectors).SelectMany(
            start => Gen.Choose(0, Sectors - start),
            (start, count) => (start, count)).SelectMany(
            range => Gen.Elements(States),
            (range, state) => (range.start, range.count, state)).ArrayOf();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(changes.ToArbitrary(), list =>
        {
            SectorMap map = new(Sectors);
            SectorState[] expected = Enumerable.Repeat(SectorState.NonTried, Sectors).ToArray();
            foreach ((int start, int count, SectorState state) in list)
            {
                map.Set(new(start, count), state);
                Array.Fill(expected, state, start, count);
                AssertInvariant(map, expected);
            }
        }));
    }

    [Fact]
    public void Finds_the_last_sectors_of_a_state_before_a_sector()
    {
        SectorMap map = new(Sectors);
        map.Set(new(2, 3), SectorState.Bad);
        map.Set(new(8, 2), SectorState.Bad);

        Assert.Equal(new SectorRange(8, 2), map.LastOf(SectorState.Bad, Sectors));
        Assert.Equal(new SectorRange(8, 1), map.LastOf(SectorState.Bad, 9));
        Assert.Equal(new SectorRange(2, 3), map.LastOf(SectorState.Bad, 8));
        Assert.Null(map.LastOf(SectorState.Bad, 2));
        Assert.Null(map.LastOf(SectorState.NonTried, 0));
        Assert.Null(new SectorMap(0).LastOf(SectorState.Bad, 5));
    }

    private static void AssertInvariant(SectorMap map, SectorState[] expected)
    {
        long end = 0;
        SectorState? previous = null;
        foreach (SectorRun run in map.Runs)
        {
            Assert.Equal(end, run.Range.Start);
            Assert.False(run.Range.IsEmpty);
            Assert.NotEqual(previous, run.State);
            end = run.Range.End;
            previous = run.State;
        }

        Assert.Equal(map.SectorCount, end);
        Assert.Equal(expected, Enumerable.Range(0, Sectors).Select(sector => map[sector]));
        Assert.All(States, state => Assert.Equal(expected.LongCount(s => s == state), map.Total(state)));
    }
}
