// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Imaging.Verifying;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Verifying;

/// <summary>Whether the disc in the drive is the one that was begun with.</summary>
public sealed class DiscIdentityTests
{
    private const int Sectors = 3200; // 100 pieces of 32 sectors

    private readonly byte[] _content = SimulatedDisc.Pattern(Sectors * 2048);
    private readonly SectorMap _map = new(Sectors);
    private readonly SimulatedDisc _disc;
    private readonly DiscIdentity _identity;

    public DiscIdentityTests()
    {
        _disc = new(_content);
        _identity = new(_disc, MediumLayout.Of(_disc), TimeProvider.System);
    }

    [Fact]
    public void Pieces_are_the_first_those_where_reading_stopped_and_some_of_each_stretch()
    {
        _map.Set(new(64, 936), SectorState.Finished);
        _map.Set(new(2000, 100), SectorState.Finished);

        IReadOnlyList<SectorRange> pieces = _identity.Choose(_map, 16, new Random(5));

        Assert.Contains(new(64, 32), pieces); // the first that was read
        Assert.Contains(new(992, 32), pieces); // sector 999
        Assert.Contains(new(2080, 32), pieces); // sector 2099
        Assert.InRange(pieces.Count, 10, 16);
        Assert.Equal(pieces.OrderBy(piece => piece.Start).Distinct(), pieces);
        Assert.All(pieces, piece => Assert.True(piece.Intersect(new(64, 936)).Count + piece.Intersect(new(2000, 100)).Count > 0));
        for (int part = 0; part < 4; part++)
        {
            Assert.Contains(pieces, piece => piece.Intersect(new(64 + (part * 234), 234)).Count > 0);
        }
    }

    [Fact]
    public void Another_seed_chooses_others_and_nothing_read_chooses_none()
    {
        Assert.Empty(_identity.Choose(_map, 16, new Random(5)));
        _map.Set(new(0, Sectors), SectorState.Finished);

        Assert.NotEqual(_identity.Choose(_map, 16, new Random(5)), _identity.Choose(_map, 16, new Random(6)));
        Assert.Equal(_identity.Choose(_map, 16, new Random(5)), _identity.Choose(_map, 16, new Random(5)));
    }

    [Fact]
    public void The_last_piece_ends_with_the_medium()
    {
        SimulatedDisc odd = new(new byte[33 * 2048]);
        SectorMap map = new(33);
        map.Set(new(0, 33), SectorState.Finished);

        Assert.Equal([new(0, 32), new(32, 1)], new DiscIdentity(odd, MediumLayout.Of(odd), TimeProvider.System).Choose(map, 16, new Random(1)));
    }

    [Fact]
    public void The_same_disc_agrees_and_only_what_was_read_is_compared()
    {
        _map.Set(new(10, 5), SectorState.Finished);

        Assert.Null(Find([new(0, 32), new(64, 32)], (_, _) => true));
        Assert.Equal([new(10, 5)], _disc.Reads);
    }

    [Fact]
    public void Sectors_that_are_others_are_told()
    {
        _map.Set(new(0, Sectors), SectorState.Finished);

        Assert.Equal(new SectorRange(64, 32), Find([new(0, 32), new(64, 32), new(128, 32)], (sectors, _) => sectors.Start != 64));
    }

    [Fact]
    public void What_is_compared_are_the_bytes_of_the_disc()
    {
        _map.Set(new(0, Sectors), SectorState.Finished);
        Find([new(32, 32)], (sectors, content) =>
        {
            Assert.Equal(_content.AsSpan((int)sectors.Start * 2048, (int)sectors.Count * 2048), content);
            return true;
        });
    }

    [Fact]
    public void What_is_not_known_or_cannot_be_read_is_no_sign_of_another_disc()
    {
        _map.Set(new(0, Sectors), SectorState.Finished);
        _disc.Bad(0, 32).Bad(70);
        List<SectorRange> compared = [];

        Assert.Null(Find([new(0, 32), new(64, 32)], (sectors, _) =>
        {
            compared.Add(sectors);
            return null;
        }));

        Assert.Equal([new(64, 6)], compared);
    }

    [Fact]
    public void Four_pieces_are_compared_however_long_it_takes_and_no_more_when_the_time_is_up()
    {
        _map.Set(new(0, Sectors), SectorState.Finished);
        SectorRange[] pieces = [.. Enumerable.Range(0, 10).Select(number => new SectorRange(number * 32, 32))];

        Assert.Null(Find(pieces, (_, _) => true, TimeSpan.Zero));
        Assert.Equal(4, _disc.Reads.Count);
        Assert.Null(Find(pieces, (_, _) => true));
        Assert.Equal(14, _disc.Reads.Count);
    }

    private SectorRange? Find(SectorRange[] pieces, DiscIdentity.Matcher matches, TimeSpan? most = null) =>
        _identity.FindOther(pieces, _map, matches, most ?? TimeSpan.FromHours(1));
}
