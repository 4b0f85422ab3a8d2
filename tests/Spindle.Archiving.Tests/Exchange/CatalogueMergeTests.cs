// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Exchange;
using Spindle.Archiving.Scanning;
using Spindle.Files;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Exchange;

public sealed class CatalogueMergeTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Another_archive_comes_in_under_a_name_with_its_discs_behind_ours()
    {
        using CatalogueDatabase ours = await Scanned("ours", ("a", "one"), ("shared", "both"));
        using CatalogueDatabase theirs = await Scanned("theirs", ("a", "another one"), ("deep/shared too", "both"));
        Plan(ours);
        Plan(theirs);
        ImportResult result = Import(Exported(theirs), ours, "attic/old");

        Assert.Equal((3, 3), (result.Entries, result.NewEntries));
        Assert.Equal(["a", "attic", "attic/old", "attic/old/a", "attic/old/deep", "attic/old/deep/shared too", "shared"], Names(ours));
        Assert.Equal([("a", 0), ("attic/old/a", 1), ("attic/old/deep/shared too", 0), ("attic/old/deep/shared too", 1), ("shared", 0), ("shared", 1)], Places(ours));
        Assert.Equal(2, Number(ours, "SELECT count(DISTINCT uuid) FROM disc"));
        Assert.Equal(3, Number(ours, "SELECT count(*) FROM content"));
        Assert.Equal("attic/old", Text(ours, "SELECT prefix FROM scan ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task A_scan_of_our_tree_leaves_the_other_archive_alone()
    {
        using CatalogueDatabase ours = await Scanned("ours", ("a", "one"), ("attic/mine", "1"));
        using CatalogueDatabase theirs = await Scanned("theirs", ("b", "two"));
        Import(Exported(theirs), ours, "attic/old");
        File.Delete(_directory["ours/a"]);
        ScanResult result = await Scan(ours, "ours");

        Assert.Equal(["attic", "attic/mine", "attic/old", "attic/old/b"], Names(ours));
        Assert.Equal((0, 1), (result.Sources[0].ProblemCount, (int)result.Sources[0].Changes.Deleted));

        Write("ours", ("attic/old/mine", "it is in the way"));
        result = await Scan(ours, "ours");
        Assert.Equal("place-taken", Assert.Single(result.Sources[0].Problems).Code);
        Assert.Equal(["attic", "attic/mine", "attic/old", "attic/old/b"], Names(ours));
    }

    [Fact]
    public async Task The_imported_tree_is_gone_on_with_where_it_stands()
    {
        using CatalogueDatabase ours = await Scanned("ours", ("a", "one"));
        using CatalogueDatabase theirs = await Scanned("theirs", ("b", "two"), ("c", "three"));
        Import(Exported(theirs), ours, "attic");
        File.Delete(_directory["theirs/c"]);
        await Scan(ours, "theirs");

        Assert.Equal(["a", "attic", "attic/b"], Names(ours));
        Assert.Equal(2, Number(ours, "SELECT first_scan FROM entry WHERE name = CAST('b' AS BLOB)"));
    }

    [Fact]
    public async Task The_same_archive_gets_what_it_lacks_and_loses_nothing()
    {
        using CatalogueDatabase newer = await Scanned("tree", ("a", "one"), ("b", "two"));
        byte[] old = Exported(newer);
        Plan(newer);
        File.Delete(_directory["tree/b"]);
        Write("tree", ("a", "changed"), ("c", "three"));
        await Scan(newer, "tree");
        string all = Encoding.UTF8.GetString(Exported(newer));

        using CatalogueDatabase older = CatalogueDatabase.OpenOrCreate(_directory["older.db"]);
        Import(old, older, null);
        ImportResult forward = Import(Exported(newer), older, null);
        Assert.Equal(2, forward.NewEntries);
        Assert.Equal(all, Encoding.UTF8.GetString(Exported(older)));

        ImportResult backward = Import(old, newer, null);
        Assert.Equal(0, backward.NewEntries);
        Assert.Equal(all, Encoding.UTF8.GetString(Exported(newer)));
    }

    [Fact]
    public async Task What_would_mix_two_archives_up_is_refused_and_changes_nothing()
    {
        using CatalogueDatabase ours = await Scanned("ours", ("a", "one"), ("file", "x"));
        byte[] original = Exported(ours);
        using CatalogueDatabase theirs = await Scanned("theirs", ("b", "two"));
        byte[] other = Exported(theirs);
        Assert.Equal("catalogue-not-empty", FailureOf(other, ours, null));
        Assert.Equal("same-archive", FailureOf(original, ours, "again"));
        Assert.Equal("bad-prefix", FailureOf(other, ours, "/"));
        Assert.Equal("bad-prefix", FailureOf(other, ours, "a/../b"));
        Assert.Equal("place-taken", FailureOf(other, ours, "file"));
        Assert.Equal("bad-import", FailureOf(other[..^10], ours, "attic"));

        using CatalogueDatabase twin = CatalogueDatabase.OpenOrCreate(_directory["twin.db"]);
        Import(original, twin, null);
        Write("ours", ("c", "here"));
        await Scan(ours, "ours");
        await Task.Delay(5, TestContext.Current.CancellationToken);
        await Scan(twin, "ours");
        Assert.Equal("catalogues-diverged", FailureOf(Exported(ours), twin, null));
        Assert.Equal(["a", "c", "file"], Names(twin));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*-import*"));

        Import(other, ours, "attic");
        Assert.Equal("place-taken", FailureOf(other, ours, "attic"));
        Assert.Equal("place-taken", FailureOf(other, ours, "attic/below"));
    }

    [Fact]
    public async Task What_odarchive_knew_by_sha512_is_the_same_content()
    {
        using CatalogueDatabase theirs = await Scanned("theirs", true, ("x", "both"), ("y", "theirs"));
        MemoryStream odarchive = new();
        CatalogueExport.Write(odarchive, theirs, ExportFormat.Odarchive, CatalogueJson.Newest(theirs), TimeProvider.System, default);
        using CatalogueDatabase ours = await Scanned("ours", true, ("a", "both"));
        Import(odarchive.ToArray(), ours, "old");
        Assert.Equal(2, Number(ours, "SELECT count(*) FROM content"));
        Assert.Equal(["a", "old", "old/x", "old/y"], Names(ours));
    }

    public void Dispose() => _directory.Dispose();

    private static byte[] Exported(CatalogueDatabase database)
    {
        MemoryStream stream = new();
        CatalogueExport.Write(stream, database, ExportFormat.Json, CatalogueJson.Newest(database), TimeProvider.System, default);
        return stream.ToArray();
    }

    private static ImportResult Import(byte[] json, CatalogueDatabase database, string? place) =>
        CatalogueImport.Read(new MemoryStream(json), database, place, TimeProvider.System, default);

    private static string FailureOf(byte[] json, CatalogueDatabase database, string? place) =>
        Assert.Throws<OperationFailedException>(() => Import(json, database, place)).Failure.Code;

    /// <summary>Everything on one disc of its own.</summary>
    private static void Plan(CatalogueDatabase database) => database.Run($"""
        INSERT INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, 'u', '2026-01-01T00:00:00Z', 1, 1000, '{"{}"}');
        INSERT INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES (0, 1, '{Guid.NewGuid()}', 'L', 'written', 500, 2, 2);
        INSERT INTO placement (content, part, disc, offset, length) SELECT id, 0, 0, 0, size FROM content;
        UPDATE entry SET disc = 0;
        """);

    private static List<string> Names(CatalogueDatabase database)
    {
        List<string> names = [];
        using Statement rows = database.Prepare("SELECT path, name FROM entry JOIN directory ON directory.id = directory WHERE gone_scan IS NULL");
        while (rows.Step())
        {
            names.Add(Encoding.UTF8.GetString(ArchivePath.Join(rows.Blob(0), rows.Blob(1))));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }

    private static List<(string, int)> Places(CatalogueDatabase database)
    {
        List<(string Name, int Disc)> places = [];
        using Statement rows = database.Prepare("""
            SELECT path, name, p.disc FROM entry JOIN directory ON directory.id = directory JOIN placement p ON p.content = entry.content WHERE gone_scan IS NULL
            """);
        while (rows.Step())
        {
            places.Add((Encoding.UTF8.GetString(ArchivePath.Join(rows.Blob(0), rows.Blob(1))), (int)rows.Number(2)));
        }

        return [.. places.OrderBy(place => place.Name, StringComparer.Ordinal).ThenBy(place => place.Disc)];
    }

    private static long? Number(CatalogueDatabase database, string sql)
    {
        using Statement row = database.Prepare(sql);
        return row.Scalar();
    }

    private static string? Text(CatalogueDatabase database, string sql)
    {
        using Statement row = database.Prepare(sql);
        return row.Step() ? row.Text(0) : null;
    }

    private Task<CatalogueDatabase> Scanned(string tree, params (string Path, string Text)[] files) => Scanned(tree, withSha512: false, files);

    private async Task<CatalogueDatabase> Scanned(string tree, bool withSha512, params (string Path, string Text)[] files)
    {
        Write(tree, files);
        CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory[tree + ".db"]);
        await Scan(database, tree, withSha512);
        return database;
    }

    private Task<ScanResult> Scan(CatalogueDatabase database, string tree, bool withSha512 = false) =>
        new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory[tree]], WithSha512 = withSha512 }, new Ignored(), default);

    private void Write(string tree, params (string Path, string Text)[] files)
    {
        foreach ((string path, string text) in files)
        {
            string file = _directory[$"{tree}/{path}"];
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    private sealed class Ignored : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
