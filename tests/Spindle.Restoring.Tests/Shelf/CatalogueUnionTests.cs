// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;

namespace Spindle.Restoring.Tests.Shelf;

public sealed class CatalogueUnionTests : IDisposable
{
    private const string Base = """
        {
        {"id": 1, "source": "/s", "prefix": "", "started": "2024-01-01T00:00:00Z", "finished": "2024-01-01T01:00:00Z"},
        {"id": 1, "uuid": "P", "created": "2024-01-02T00:00:00Z", "scan": 1, "capacity": 1000, "detail": {"withdrawn": "7"}},
        {"number": 3, "plan": 1, "uuid": "D3", "label": "SPINDLE_3"},
        {"number": 7, "plan": 1, "uuid": "D7", "label": "SPINDLE_7"},
        """;

    private readonly CatalogueDatabase _database = CatalogueDatabase.CreateTemporary("a test");
    private readonly CatalogueUnion _union;

    public CatalogueUnionTests()
    {
        _database.Run("DROP INDEX entry_content"); // it is made when all is there
        _union = new(_database);
    }

    [Fact]
    public void Records_become_rows()
    {
        Add(
            Base,
            $$"""{"size": 5, "sha256": "{{HandmadeDisc.Hash(1)}}", "placements": [{"disc": 3, "part": 0, "offset": 0, "length": 5}]},""",
            $$"""{"path": "d/x", "kind": "file", "size": 5, "modified": 6, "mode": 420, "uid": 1, "gid": 2, "linkGroup": 3, "flags": 1, "extra": {"a": 1}, "firstScan": 1, "disc": 3, "sha256": "{{HandmadeDisc.Hash(1)}}"},""",
            """{"path": "d/l", "kind": "symlink", "target": "x", "firstScan": 1}""");
        _union.Finish();

        Assert.Equal(0, _union.DamagedRecords);
        Assert.Equal("1|/s||2024-01-01T00:00:00Z|2024-01-01T01:00:00Z|", Rows("SELECT id, CAST(source AS TEXT), CAST(prefix AS TEXT), started, finished, detail FROM scan"));
        Assert.Equal("1|P|2024-01-02T00:00:00Z|1|1000", Rows("SELECT id, uuid, created, scan, capacity FROM plan"));
        Assert.Equal("3|1|D3|SPINDLE_3|written;7|1|D7|SPINDLE_7|withdrawn", Rows("SELECT number, plan, uuid, label, status FROM disc ORDER BY number"));
        Assert.Equal("5|0|3|0|5", Rows("SELECT size, part, disc, offset, length FROM content JOIN placement ON content = id"));
        Assert.Equal(
            "d|l|2||0|x||1|;d|x|0|1|5||{\"a\": 1}|1|3",
            Rows("SELECT CAST(path AS TEXT), CAST(name AS TEXT), kind, content, size, CAST(target AS TEXT), extra, first_scan, disc FROM entry JOIN directory d ON d.id = directory ORDER BY name"));
        Assert.Equal("6|420|1|2|3|1", Rows("SELECT modified, mode, uid, gid, link_group, flags FROM entry WHERE name = x'78'"));
    }

    [Theory]
    [InlineData("""{"path": "x", "kind": "door", "firstScan": 1}""")]
    [InlineData("""{"path": "", "kind": "file", "firstScan": 1}""")]
    [InlineData("""{"path": "d/", "kind": "file", "firstScan": 1}""")]
    [InlineData("""{"path": "x", "kind": "file"}""")]
    [InlineData("""{"path": "x", "kind": "file", "firstScan": 1, "sha256": "00000000000000000000000000000000000000000000000000000000000000ff"}""")] // a content that nobody has
    [InlineData("""{"size": 5}""")]
    [InlineData("""{"id": 4, "uuid": "x"}""")]
    [InlineData("""{"number": 4}""")]
    [InlineData("""{"path": "x", "kind""")]
    public void A_record_that_lacks_what_it_must_have_is_counted_and_nothing_else_is_lost(string line)
    {
        Add(Base, line, """{"path": "y", "kind": "directory", "firstScan": 1}""");

        Assert.Equal(1, _union.DamagedRecords);
        Assert.Equal("y", Rows("SELECT CAST(name AS TEXT) FROM entry"));
        Assert.Equal("2", Rows("SELECT count(*) FROM disc"));
    }

    [Fact]
    public void What_is_known_already_is_never_replaced_and_what_went_on_is_ended()
    {
        Add(Base, """{"path": "x", "kind": "directory", "mode": 1, "firstScan": 1},""", """{"path": "y", "kind": "directory", "mode": 1, "firstScan": 1}""");
        Add(
            """{"id": 1, "source": "/other", "prefix": "", "started": "2025-01-01T00:00:00Z"},""",
            """{"id": 2, "source": "/s", "prefix": "", "started": "2025-01-01T00:00:00Z"},""",
            """{"number": 3, "plan": 1, "uuid": "other", "label": "other"},""",
            """{"path": "x", "kind": "directory", "mode": 9, "firstScan": 1, "goneScan": 2}""");

        Assert.Equal("/s;/s", Rows("SELECT CAST(source AS TEXT) FROM scan ORDER BY id"));
        Assert.Equal("D3;D7", Rows("SELECT uuid FROM disc ORDER BY number"));
        Assert.Equal("x|1|1|2;y|1|1|", Rows("SELECT CAST(name AS TEXT), mode, first_scan, gone_scan FROM entry ORDER BY name"));
    }

    [Fact]
    public void A_content_known_by_one_hash_is_found_by_it()
    {
        string both = $$"""{"size": 5, "sha256": "{{HandmadeDisc.Hash(1)}}", "sha512": "{{HandmadeDisc.Hash(2)}}{{HandmadeDisc.Hash(3)}}"},""";
        Add(Base, both, $$"""{"path": "x", "kind": "file", "firstScan": 1, "sha512": "{{HandmadeDisc.Hash(2)}}{{HandmadeDisc.Hash(3)}}"},""", both);

        Assert.Equal((0L, "1|5"), (_union.DamagedRecords, Rows("SELECT e.content, c.size FROM entry e JOIN content c ON c.id = e.content")));
        Assert.Equal("1", Rows("SELECT count(*) FROM content"));
    }

    [Fact]
    public void A_disc_that_only_placements_speak_of_is_made_up()
    {
        Add(Base, $$"""{"size": 5, "sha256": "{{HandmadeDisc.Hash(1)}}", "placements": [{"disc": 12, "length": 5}]}""");
        _union.Finish();

        Assert.Equal("12|1|disc 12|written", Rows("SELECT number, plan, label, status FROM disc WHERE number > 7"));
    }

    [Fact]
    public void A_whole_copy_gives_way_to_the_parts_of_it_on_the_same_disc()
    {
        Add(
            Base,
            $$"""{"size": 5, "sha256": "{{HandmadeDisc.Hash(1)}}", "placements": [{"disc": 3, "part": 0, "length": 5}, {"disc": 3, "part": 1, "length": 3}, {"disc": 7, "part": 0, "length": 5}]}""");
        _union.Finish();

        Assert.Equal("3|1;7|0", Rows("SELECT disc, part FROM placement ORDER BY disc"));
    }

    [Fact]
    public void Withdrawn_discs_that_cannot_be_read_are_damage()
    {
        Add(Base.Replace("\"7\"", "\"x\"", StringComparison.Ordinal));
        _union.Finish();

        Assert.Equal((1L, "written;written"), (_union.DamagedRecords, Rows("SELECT status FROM disc")));
    }

    [Fact]
    public void The_lists_of_a_disc_stand_in_for_a_catalogue()
    {
        const string time = "1970-01-01T00:00:00.000000009Z";
        using HandmadeDisc made = new();
        made.WriteFiles(
            $"d\td\t0\t{time}\t0755\t-\t3\t-\t-\t-\t-\t-\t5\t6",
            $"d/whole\tf\t4\t{time}\t0640\t{HandmadeDisc.Hash(1)}\t3\t-\t-\t-\t0x20\t8\t5\t6",
            $"d/part\tf\t9000\t{time}\t0640\t{HandmadeDisc.Hash(2)}\t3\t002of003\t3000\t-\t0x30\t-\t5\t6",
            $"d/else\tf\t7\t{time}\t0640\t{HandmadeDisc.Hash(3)}\t1\t-\t-\t-\t-\t-\t5\t6",
            $"d/link\tl\t0\t{time}\t0777\t-\t3\t-\t-\tto\t-\t-\t5\t6",
            "damaged");
        made.Write("DATA/d/part.002of003", new byte[2500]);
        made.Write("ARCHIVE/meta.jsonl", "{\"path\": \"d/whole\", \"extra\": {\"owner\": \"me\"}}\n{damaged\n\n{\"pathBytes\": \"ZC9saW5r\", \"extra\": 5}\n");
        using ArchiveDisc disc = made.Open();

        _union.Add(disc);
        _union.Finish();

        Assert.Equal(1, _union.DamagedRecords);
        Assert.Equal("2|2024-05-06T07:08:09.0000000+00:00", Rows("SELECT id, finished FROM scan"));
        Assert.Equal("1|disc 1;3|SPINDLE_3", Rows("SELECT number, label FROM disc ORDER BY number"));
        Assert.Equal("4|0|3|0|4;7|0|1|0|7;9000|2|3|3000|2500", Rows("SELECT size, part, disc, offset, length FROM content JOIN placement ON content = id ORDER BY size"));
        Assert.Equal(
            "d|1|||493|;else|0|3||416|;link|2||to|511|5;part|0|2||416|;whole|0|1||416|{\"owner\": \"me\"}",
            Rows("SELECT CAST(name AS TEXT), kind, content, CAST(target AS TEXT), mode, extra FROM entry ORDER BY name"));
        Assert.Equal("9|5|6|2||3", Rows("SELECT DISTINCT modified, uid, gid, first_scan, gone_scan, disc FROM entry"));
        Assert.Equal("8", Rows("SELECT link_group FROM entry WHERE link_group IS NOT NULL"));
    }

    [Fact]
    public void A_list_newer_than_the_catalogue_ends_what_the_catalogue_has_and_an_older_one_comes_before_it()
    {
        const string line = "\tf\t4\t1970-01-01T00:00:00.000000009Z\t0640\t";
        Add(
            Base,
            $$"""{"size": 4, "sha256": "{{HandmadeDisc.Hash(1)}}"},""",
            $$"""{"path": "same", "kind": "file", "size": 4, "modified": 9, "firstScan": 1, "sha256": "{{HandmadeDisc.Hash(1)}}"},""",
            $$"""{"path": "newer", "kind": "file", "size": 4, "modified": 9, "firstScan": 1, "sha256": "{{HandmadeDisc.Hash(1)}}"},""",
            $$"""{"path": "older", "kind": "file", "size": 4, "modified": 9, "firstScan": 5, "sha256": "{{HandmadeDisc.Hash(1)}}"}""");
        using HandmadeDisc made = new(); // it knows of scan 2
        made.WriteFiles(
            $"same{line}{HandmadeDisc.Hash(1)}\t3\t-\t-\t-\t0x20\t-\t0\t0",
            $"newer{line}{HandmadeDisc.Hash(2)}\t3\t-\t-\t-\t0x21\t-\t0\t0",
            $"older{line}{HandmadeDisc.Hash(2)}\t3\t-\t-\t-\t0x21\t-\t0\t0");
        using ArchiveDisc disc = made.Open();

        _union.Add(disc);

        Assert.Equal(
            "newer|1|1|2;newer|2|2|;older|2|2|5;older|1|5|;same|1|1|",
            Rows("SELECT CAST(name AS TEXT), content, first_scan, gone_scan FROM entry ORDER BY name, first_scan"));
    }

    public void Dispose()
    {
        _union.Dispose();
        _database.Dispose();
    }

    private void Add(params string[] lines) => _union.Add(new DocumentLines(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"))), CancellationToken.None);

    private string Rows(string sql)
    {
        using Statement rows = _database.Prepare(sql);
        List<string> all = [];
        int columns = sql[..sql.IndexOf(" FROM ", StringComparison.Ordinal)].Split(", ").Length;
        while (rows.Step())
        {
            all.Add(string.Join('|', Enumerable.Range(0, columns).Select(rows.Text)));
        }

        return string.Join(';', all);
    }
}
