// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Files;

namespace Spindle.Restoring.Tests.Shelf;

public sealed class CatalogueRecordTests
{
    private readonly CatalogueRecord _record = new();

    [Fact]
    public void An_entry_has_all_that_its_line_says()
    {
        Read($$$"""
            {"path": "a/\u00e4", "kind": "symlink", "size": 1, "modified": -2, "mode": 3, "uid": 4, "gid": 5, "linkGroup": 6, "flags": 7, "firstScan": 8, "goneScan": 9, "disc": 10,
             "target": "x\ty", "sha256": "{{{HandmadeDisc.Hash(1)}}}", "sha512": "{{{HandmadeDisc.Hash(2)}}}{{{HandmadeDisc.Hash(3)}}}", "extra": {"a": [1, 2]}}
            """);

        Assert.Equal(("a/ä", "x\ty", "{\"a\": [1, 2]}"), (Text(_record.Path), Text(_record.Target), Text(_record.Extra)));
        Assert.Equal((1, -2, 3, 4, 5), (_record.Size, _record.Modified, _record.Mode, _record.Uid, _record.Gid));
        Assert.Equal((6, 7, 8, 9, 10), (_record.LinkGroup, _record.Flags, _record.FirstScan, _record.GoneScan, _record.Disc));
        Assert.Equal((HandmadeDisc.Hash(1), HandmadeDisc.Hash(2) + HandmadeDisc.Hash(3)), (Convert.ToHexStringLower(_record.Sha256), Convert.ToHexStringLower(_record.Sha512)));
        Assert.Equal((int)EntryKind.Symlink, _record.Kind);
        Assert.True(_record is { HasPath: true, HasTarget: true, HasExtra: true, HasDetail: false, HasStart: false, HasFinish: false });
    }

    [Fact]
    public void Scans_plans_and_discs_have_what_is_theirs()
    {
        Read("""{"id": 1, "source": "/s", "prefix": "p", "started": "S", "finished": "F", "detail": "no JSON"}""");
        Assert.Equal((1L, "/s", "p", "S", "F", "no JSON"), (_record.Id, Text(_record.Source), Text(_record.Prefix), Text(_record.Started), Text(_record.Finished), Text(_record.Detail)));
        Assert.True(_record is { HasStart: true, HasFinish: true, HasDetail: true });

        Read("""{"id": 2, "uuid": "U", "created": "C", "scan": 3, "capacity": 4, "detail": {}}""");
        Assert.Equal((2L, "U", "C", 3L, 4L, "{}"), (_record.Id, Text(_record.Uuid), Text(_record.Created), _record.Scan, _record.Capacity, Text(_record.Detail)));

        Read("""{"number": 5, "plan": 6, "label": "L"}""");
        Assert.Equal((5L, 6L, "L"), (_record.Number, _record.Plan, Text(_record.Label)));
    }

    [Fact]
    public void Nothing_is_left_of_the_line_before()
    {
        Read($$"""{"path": "a", "kind": "file", "size": 1, "sha256": "{{HandmadeDisc.Hash(1)}}", "placements": [{"disc": 1}]}""");
        Read("{}");

        Assert.True(_record is { HasPath: false, Kind: -1, Size: null });
        Assert.True(_record.Path.IsEmpty && _record.Sha256.IsEmpty);
        Assert.Empty(_record.Placements);
    }

    [Fact]
    public void Placements_tell_disc_part_offset_and_length_and_leave_out_what_is_new_to_us()
    {
        Read("""{"size": 9, "placements": [{"disc": 1, "part": 2, "offset": 3, "length": 4, "later": 5}, {"length": 6, "disc": 7}], "unknown": {"deep": [{}]}, "id": 8}""");

        Assert.Equal([(1, 2, 3, 4), (7, 0, 0, 6)], _record.Placements);
        Assert.Equal(8, _record.Id);
    }

    [Theory]
    [InlineData("""{"path": "shown", "pathBytes": "/2E="}""")]
    [InlineData("""{"pathBytes": "/2E=", "path": "shown"}""")] // in either order
    public void A_name_that_is_no_text_is_its_bytes(string line)
    {
        Read(line);

        Assert.Equal([0xFF, (byte)'a'], _record.Path.ToArray());
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_read()
    {
        string name = new('n', 10_000);

        Read($$"""{"path": "{{name}}", "target": "t"}""");

        Assert.Equal((name, "t"), (Text(_record.Path), Text(_record.Target)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"size\": 1")]
    [InlineData("{\"size\": 1}}")]
    [InlineData("{\"size\": 1} {")]
    [InlineData("[1]")]
    [InlineData("{\"size\": \"1\"}")]
    [InlineData("{\"size\": 1.5}")]
    [InlineData("{\"size\": 99999999999999999999}")]
    [InlineData("{\"path\": 1}")]
    [InlineData("{\"pathBytes\": \"?\"}")]
    [InlineData("{\"sha256\": \"12\"}")]
    [InlineData("{\"sha256\": \"g000000000000000000000000000000000000000000000000000000000000001\"}")]
    [InlineData("{\"sha512\": \"0000000000000000000000000000000000000000000000000000000000000001\"}")]
    [InlineData("{\"placements\": [{\"disc\": \"1\"}]}")]
    [InlineData("{\"path\": \"\0\"}")]
    public void A_damaged_line_is_no_record(string line) => Assert.False(_record.TryRead(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_kind_that_nobody_knows_is_none()
    {
        Read("""{"kind": "door"}""");
        Assert.Equal(-1, _record.Kind);
        Read("""{"kind": "socket"}""");
        Assert.Equal((int)EntryKind.Socket, _record.Kind);
    }

    private void Read(string line) => Assert.True(_record.TryRead(Encoding.UTF8.GetBytes(line.ReplaceLineEndings(""))));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
