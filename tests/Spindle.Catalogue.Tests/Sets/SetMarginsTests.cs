// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Sets;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Sets;

public sealed class SetMarginsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;

    public SetMarginsTests()
    {
        Guid plan = Guid.NewGuid();
        _database = CatalogueDatabase.OpenOrCreate(_directory["a.db"]);
        _database.Run($"""
            INSERT INTO scan (id, source, prefix, started, finished) VALUES (1, x'2f61', x'', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
            INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, '{plan}', '2026-01-01T00:00:00Z', 1, 1000, '{"{}"}');
            INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes)
                SELECT value, 1, 'uuid ' || value, 'PHOTOS_000' || value, 'written', 1, 1, 1 FROM json_each('[0, 1, 2, 3]');
            INSERT INTO copy (id, disc, name) VALUES (1, 0, 'A'), (2, 0, 'B'), (3, 1, 'A')
            """);
        SetStore store = new(_database);
        store.Add(1, PlannedSet.Of((2, 3, 0), plan, (0, 3, 4)), "planned");
        foreach (int disc in (int[])[0, 1, 2])
        {
            store.Enter(0, "/sums", new(disc, disc, 1, new string('0', 64)));
        }

        store.Close(0, [(1, "/p1.iso", 5, new byte[32]), (2, "/p2.iso", 5, new byte[32])], DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void A_set_without_parity_discs_has_no_margin()
    {
        SetMargin[] margins = [.. new SetMargins(_database).All()];

        Assert.Equal([2, null], margins.Select(margin => margin.MayLose));
        Assert.Equal(["closed", "planned"], margins.Select(margin => margin.Set.Status));
        Assert.Equal(["/p1.iso", "/p2.iso"], margins[0].Set.Parity.Select(disc => disc.Image));
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(1, "2:NULL:verified:damaged")]
    [InlineData(2, "2:NULL:verified:damaged", "2:NULL:verified:whole")] // by another drive
    [InlineData(1, "0:1:verified:damaged")] // nobody has read copy B
    [InlineData(2, "0:1:verified:damaged", "0:2:verified:whole")]
    [InlineData(1, "0:1:verified:damaged", "0:2:verified:damaged")]
    [InlineData(2, "1:3:checked:copy-now:0")] // its own parity mends it
    [InlineData(1, "1:3:checked:copy-now:7")]
    [InlineData(1, "1:3:restored:damaged")]
    [InlineData(2, "1:3:burned:spoiled")] // it is no copy
    [InlineData(-1, "0:1:verified:damaged", "1:3:verified:damaged", "2:NULL:verified:damaged", "3:NULL:verified:damaged")]
    public void A_disc_counts_as_lost_that_no_reading_found_whole(int expected, params string[] events)
    {
        foreach (string[] one in events.Where(text => text.Length > 0).Select(text => text.Split(':')))
        {
            string detail = one.Length > 4 ? $$"""{"blocksLost":{{one[4]}}}""" : "{}";
            _database.Run($"INSERT INTO event (at, disc, copy, kind, verdict, detail) VALUES ('2026-01-01T00:00:00Z', {one[0]}, {one[1]}, '{one[2]}', '{one[3]}', '{detail}')");
        }

        Assert.Equal(expected, new SetMargins(_database).All()[0].MayLose);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }
}
