// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Files;

namespace Spindle.Restoring.Tests.Shelf;

public sealed class DiscIndexTests
{
    private const string Time = "2024-01-31T23:59:59.123456789Z";

    private static readonly string Sound = $"a/b\tf\t7\t{Time}\t0644\t{HandmadeDisc.Hash(5)}\t3\t002of003\t4096\t-\t0x1a2\t12\t1000\t100";

    [Fact]
    public void A_line_tells_all_of_a_file()
    {
        DiscLine line = Parse(Sound)!;

        Assert.Equal(("a/b", EntryKind.File, 7L, 1_706_745_599_123_456_789, 0x1A4), (Encoding.UTF8.GetString(line.Path), line.Kind, line.Size, line.Modified, line.Mode));
        Assert.Equal(HandmadeDisc.Hash(5), Convert.ToHexStringLower(line.Sha256!));
        Assert.Equal((3, "002of003", 4096L), (line.Disc, Encoding.UTF8.GetString(line.Part!), line.Offset));
        Assert.Equal((0x1A2L, 12L, 1000L, 100L), (line.Sector, line.LinkGroup, line.UserId, line.GroupId));
        Assert.Null(line.Target);
    }

    [Theory]
    [InlineData('f', 0)]
    [InlineData('d', 1)]
    [InlineData('l', 2)]
    [InlineData('p', 3)]
    [InlineData('c', 4)]
    [InlineData('b', 5)]
    [InlineData('s', 6)]
    public void A_line_tells_what_kind_of_thing_it_is(char letter, int kind)
    {
        DiscLine line = Parse($"x\t{letter}\t0\t{Time}\t7777\t-\t-\t-\t-\tto\\there\t-\t-\t-\t-")!;

        Assert.Equal((kind, 0xFFF, "to\there"), ((int)line.Kind, line.Mode, Encoding.UTF8.GetString(line.Target!)));
        Assert.Equal((null, null, null, 0L, null, null, 0L, 0L), (line.Sha256, line.Disc, line.Part, line.Offset, line.Sector, line.LinkGroup, line.UserId, line.GroupId));
    }

    [Theory]
    [InlineData("a/b\tf", "\tf")] // no name
    [InlineData("\tf\t", "\tx\t")]
    [InlineData("\tf\t", "\tff\t")]
    [InlineData("\t7\t", "\t-\t")] // no size
    [InlineData("\t7\t", "\t-7\t")]
    [InlineData("\t7\t", "\t7x\t")]
    [InlineData("\t7\t", "\t\t")]
    [InlineData("2024-01-31", "2024-01-32")]
    [InlineData("2024-01-31", "2023-02-29")]
    [InlineData("2024-01-31", "2024-13-31")]
    [InlineData("2024-01-31", "2024-00-31")]
    [InlineData("2024-01-31", "2024-01-00")]
    [InlineData("2024-01-31", "0000-01-31")]
    [InlineData("2024-01-31", "9999-12-31")] // more than 64 bits of ns
    [InlineData("23:59:59", "24:59:59")]
    [InlineData("23:59:59", "23:60:59")]
    [InlineData("23:59:59", "23:59:60")]
    [InlineData("23:59:59", "23:59:5:")]
    [InlineData("59.1", "59,1")]
    [InlineData("789Z", "789z")]
    [InlineData("789Z", "78Z")]
    [InlineData("0644", "0648")]
    [InlineData("0644", "-")]
    [InlineData("0644", "0000644")]
    [InlineData("00000005", "0000005")]
    [InlineData("00000005", "0000000g")]
    [InlineData("\t3\t", "\t3000000000\t")]
    [InlineData("\t4096\t", "\t4 096\t")]
    [InlineData("0x1a2", "1a2")]
    [InlineData("0x1a2", "0x")]
    [InlineData("0x1a2", "0x1g2")]
    [InlineData("\t12\t", "\t-12\t")]
    [InlineData("\t1000\t", "\tme\t")]
    [InlineData("\t100", "\t100\t")] // a column too many
    [InlineData("\t1000\t100", "\t1000")] // one too few
    public void A_damaged_line_is_none(string sound, string damaged)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);

        Assert.Null(Parse(Sound.Replace(sound, damaged, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1L)]
    [InlineData("1969-12-31T23:59:59.999999999Z", -1L)]
    [InlineData("2000-02-29T12:30:00.000000000Z", 951_827_400_000_000_000L)]
    [InlineData("1678-01-01T00:00:00.000000000Z", -9_214_560_000_000_000_000L)]
    public void Times_are_ns_since_1970(string text, long nanoseconds) =>
        Assert.Equal(nanoseconds, Parse(Sound.Replace(Time, text, StringComparison.Ordinal))!.Modified);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"\t\n\r", "\t\n\r")]
    [InlineData(@"\0001\0177\0033x", "\u0001\u007F\u001Bx")]
    [InlineData("", "")]
    public void Escapes_are_undone(string text, string meant) => Assert.Equal(Encoding.UTF8.GetBytes(meant), DiscLine.Unescape(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_byte_that_is_no_text_is_written_in_octal() => Assert.Equal([0xFF, (byte)'a', 0x80], DiscLine.Unescape("\\0377a\\0200"u8));

    [Theory]
    [InlineData("\\")]
    [InlineData("\\x")]
    [InlineData("\\01")]
    [InlineData("\\012")]
    [InlineData("\\0779")]
    [InlineData("\\0400")] // 256
    [InlineData("\\08")]
    public void An_escape_that_is_cut_or_unknown_is_none(string text) => Assert.Null(DiscLine.Unescape(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Says_where_contents_lie_and_counts_lines_that_are_damaged()
    {
        using HandmadeDisc made = new();
        made.WriteFiles(
            Line("whole", 1, "3\t-\t-\t-\t0x10"),
            Line("twin", 1, "3\t-\t-\t-\t0x10"), // the same content: the first name counts
            Line("divided", 2, "3\t001of002\t0\t-\t0x20"),
            Line("divided", 2, "3\t002of002\t5000\t-\t0x30"),
            Line("elsewhere", 3, "2\t-\t-\t-\t-"),
            $"empty\tf\t0\t{Time}\t0644\t{HandmadeDisc.Hash(4)}\t3\t-\t-\t-\t-\t-\t0\t0",
            "damaged",
            "",
            $"dir\td\t0\t{Time}\t0755\t-\t3\t-\t-\t-\t-\t-\t0\t0");
        using ArchiveDisc disc = made.Open();

        DiscIndex index = disc.Index;

        Assert.Equal(2, index.DamagedLines);
        Assert.Equal((0x10L, "whole"), Place(index, 1, 0));
        Assert.Equal((0x20L, "divided.001of002"), Place(index, 2, 0));
        Assert.Equal((0x30L, "divided.002of002"), Place(index, 2, 5000));
        Assert.Equal((0L, "empty"), Place(index, 4, 0));
        Assert.Null(Place(index, 3, 0));
        Assert.Null(Place(index, 1, 1));
        Assert.Null(index.Find([1, 2, 3], 0));
    }

    [Fact]
    public void A_disc_without_a_list_says_nothing()
    {
        using HandmadeDisc made = new();
        using ArchiveDisc disc = made.Open();

        Assert.Equal((null, 0), (Place(disc.Index, 1, 0), disc.Index.DamagedLines));
        Assert.Empty(disc.DamagedLists);
    }

    [Fact]
    public void A_list_is_held_against_the_sums_when_it_was_read_to_its_end()
    {
        using HandmadeDisc made = new();
        made.WriteFiles(Line("a", 1, "3\t-\t-\t-\t0x10"), Line("b", 2, "3\t-\t-\t-\t0x11"));
        made.Write("ARCHIVE/names.tsv", "/A\tDATA/a\t/a\n");
        made.Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Sha256(File.ReadAllText(Path.Combine(made.Path, "ARCHIVE/files.tsv")))}  ARCHIVE/files.tsv\n{HandmadeDisc.Hash(1)}  ARCHIVE/names.tsv\n");
        using ArchiveDisc disc = made.Open();

        _ = DiscIndex.Lines(disc).First();
        Assert.Empty(disc.DamagedLists);
        Assert.Equal(2, DiscIndex.Lines(disc).Count());
        Assert.Empty(disc.DamagedLists);
        Assert.Equal([("/A", "DATA/a"), ("/a", "DATA/a")], NamesTable.Read(disc).Select(name => (name.Shown, Encoding.UTF8.GetString(name.TrueName))));
        Assert.Equal(["ARCHIVE/names.tsv"], disc.DamagedLists);
    }

    private static string Line(string path, int hash, string behind) => $"{path}\tf\t7\t{Time}\t0644\t{HandmadeDisc.Hash(hash)}\t{behind}\t-\t0\t0";

    private static DiscLine? Parse(string line) => DiscLine.TryParse(Encoding.UTF8.GetBytes(line));

    private static (long Sector, string Path)? Place(DiscIndex index, int hash, long offset) =>
        index.Find(Convert.FromHexString(HandmadeDisc.Hash(hash)), offset) is { } place ? (place.Sector, Encoding.UTF8.GetString(place.Path)) : null;
}
