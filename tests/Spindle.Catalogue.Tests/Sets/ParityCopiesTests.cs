// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Exchange;
using Spindle.Catalogue.Sets;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Sets;

public sealed class ParityCopiesTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly SetStore _sets;
    private readonly ParityCopies _copies;

    public ParityCopiesTests()
    {
        Guid plan = Guid.NewGuid();
        _database = CatalogueDatabase.OpenOrCreate(_directory["a.db"]);
        _database.Run($"""
            INSERT INTO scan (id, source, prefix, started, finished) VALUES (1, x'2f61', x'', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
            INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, '{plan}', '2026-01-01T00:00:00Z', 1, 1000, '{"{}"}');
            INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) SELECT value, 1, 'uuid ' || value, 'PHOTOS_000' || value, 'written', 1, 1, 1 FROM json_each('[0, 1]')
            """);
        (_sets, _copies) = (new(_database), new(_database));
        _sets.Add(1, PlannedSet.Of((2, 2, 0), plan, (0, 1, 2)), "planned");
    }

    [Fact]
    public void Parity_discs_are_known_when_they_were_made()
    {
        Assert.Empty(_copies.Made());

        Make(1);
        Assert.Equal([(1, "PHOTOS_S000_P1", "/p1.iso"), (2, "PHOTOS_S000_P2", "/p2.iso")], _copies.Made().Select(disc => (disc.Row, disc.Label, disc.Image)));
        Assert.All(_copies.Made(), disc => Assert.Equal(0, _copies.Holding(disc, countsUnread: true)));
    }

    [Fact]
    public void Only_what_was_read_holds_and_a_spoiled_disc_is_no_copy()
    {
        Make(1);
        MadeParityDisc disc = _copies.Made()[1];
        Assert.Equal(["A", null, "B"], _copies.Add(disc, [Record("verified"), Record("spoiled"), Record("burned")], At));
        Assert.Equal(["C"], _copies.Add(disc, [Record("verified")], At.AddDays(1)));

        Assert.Equal((2, 3), (_copies.Holding(disc, countsUnread: false), _copies.Holding(disc, countsUnread: true)));
        Assert.Equal(0, _copies.Holding(_copies.Made()[0], countsUnread: true));
        Assert.Equal(
            [new("A", "bank", "2026-02-03T04:05:06+00:00", true, "whole"), new("B", "bank", "2026-02-03T04:05:06+00:00", true, "burned"), new("C", "bank", "2026-02-04T04:05:06+00:00", true, "whole")],
            _copies.All()[(0, 2)]);
    }

    [Fact]
    public void Copies_of_what_a_set_was_before_it_was_extended_count_no_more()
    {
        Make(1);
        MadeParityDisc before = _copies.Made()[0];
        _copies.Add(before, [Record("verified")], At);

        Make(2);
        Assert.Equal(0, _copies.Holding(_copies.Made()[0], countsUnread: true));
        Assert.False(Assert.Single(_copies.All()[(0, 1)]).IsCurrent);
        Assert.Equal(["B"], _copies.Add(_copies.Made()[0], [Record("verified")], At));
        Assert.Equal(1, _copies.Holding(_copies.Made()[0], countsUnread: false));
    }

    [Fact]
    public void Who_compares_media_gets_them_too()
    {
        Make(1);
        _copies.Add(_copies.Made()[0], [Record("verified"), Record("spoiled")], At);
        using MemoryStream stream = new();
        MediaStudy.Write(stream, _database, default);

        string[] lines = Encoding.UTF8.GetString(stream.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string uuid = _sets.All()[0].Parity[0].Uuid.ToString();
        Assert.Equal([$"{uuid},A,burned", $"{uuid},A,verified", $"{uuid},,burned"], lines.Skip(1).Select(line => string.Join(',', line.Split(',').Take(3))));
        Assert.Equal(["BD-R", "BD-R"], lines.Skip(1).Take(2).Select(line => line.Split(',')[8]));
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private void Make(byte state) => _sets.Close(0, [(1, "/p1.iso", 5, [.. Enumerable.Repeat(state, 32)]), (2, "/p2.iso", 5, [.. Enumerable.Repeat((byte)(state + 10), 32)])], DateTimeOffset.UnixEpoch);

    private static BurnedCopyRecord Record(string verdict) => new(verdict, "/dev/sr0", "bank", """{"kind":"BD-R"}""", """{"sectors":5}""");
}
