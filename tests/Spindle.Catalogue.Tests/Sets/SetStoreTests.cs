// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Catalogue.Exchange;
using Spindle.Catalogue.Sets;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Sets;

public sealed class SetStoreTests : IDisposable
{
    private const string Detail = """{"format":2,"tool":"t","job":"Photos","client":"c","capacity":"bd","imageSectors":1,"parityDiscs":2,"setSize":3,"firstSet":0}""";

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Sets_come_with_a_catalogue_that_is_imported()
    {
        using CatalogueDatabase database = Planned("a.db");
        using CatalogueDatabase again = CatalogueDatabase.OpenOrCreate(_directory["again.db"]);

        Import(database, again, null);
        Import(database, again, null); // the same once more

        SetRecord[] sets = [.. new SetStore(again).All()];
        Assert.Equal(new SetStore(database).All().Select(set => set.Plan), sets.Select(set => set.Plan));
        Assert.All(sets, set => Assert.Equal(("told", null), (set.Status, set.Sums)));
        Assert.Equal(["PHOTOS_S001_P1", "PHOTOS_S001_P2"], sets[1].Parity.Select(disc => disc.Label));
        Assert.All(sets.SelectMany(set => set.Parity), disc => Assert.Null(disc.Sha256));
        Assert.Equal(1, new SetStore(again).Of(4)?.Plan.Number);
        Assert.Null(new SetStore(again).Of(5));
    }

    [Fact]
    public void Sets_of_another_archive_come_behind_ours()
    {
        using CatalogueDatabase ours = Planned("a.db");
        using CatalogueDatabase theirs = Planned("b.db");

        Import(theirs, ours, "theirs");

        Assert.Equal([(0, 0, 2), (1, 3, 4), (2, 5, 7), (3, 8, 9)], new SetStore(ours).All().Select(set => (set.Plan.Number, set.Plan.FirstDisc, set.Plan.LastDisc)));
        Assert.Equal(4, new SetStore(ours).NextNumber());
    }

    [Fact]
    public void An_older_catalogue_gets_the_tables()
    {
        string path = _directory["old.db"];
        using (SqliteConnection older = new($"Data Source={path};Pooling=False"))
        {
            older.Open();
            using SqliteCommand command = older.CreateCommand();
            command.CommandText = $"{string.Join(';', CatalogueSchema.Steps.Take(4))}; PRAGMA application_id = {CatalogueSchema.ApplicationId}; PRAGMA user_version = 4; INSERT INTO archive VALUES ('uuid', '{Guid.NewGuid()}')";
            command.ExecuteNonQuery();
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(path);

        Assert.Empty(new SetStore(database).All());
    }

    public void Dispose() => _directory.Dispose();

    private CatalogueDatabase Planned(string name)
    {
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory[name]);
        Guid plan = Guid.NewGuid();
        database.Run($"""
            INSERT INTO scan (id, source, prefix, started, finished) VALUES (1, x'2f61', x'', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z');
            INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, '{plan}', '2026-01-01T00:00:00Z', 1, 1000, '{Detail}')
            """);
        for (int disc = 0; disc < 5; disc++)
        {
            database.Run($"INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES ({disc}, 1, '{Guid.NewGuid()}', 'PHOTOS_{disc:D4}', 'planned', 1, 1, 1)");
        }

        new SetStore(database).Add(1, PlannedSet.Of((2, 3, 0), plan, (0, 4, 5)), "planned");
        return database;
    }

    private static void Import(CatalogueDatabase from, CatalogueDatabase to, string? place)
    {
        using MemoryStream document = new();
        CatalogueJson.Write(document, from, 1, 1);
        document.Position = 0;
        CatalogueImport.Read(document, to, place, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
