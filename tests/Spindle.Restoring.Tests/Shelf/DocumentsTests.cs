// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;

namespace Spindle.Restoring.Tests.Shelf;

/// <summary>Lines, sums and names of a disc's lists, and ranges of bytes.</summary>
public sealed class DocumentsTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b", false)]
    [InlineData("a\n\nb", "a||b", true)]
    [InlineData("\n", "", false)]
    public void A_document_is_read_line_by_line(string text, string lines, bool isCut)
    {
        DocumentLines document = new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        string[] expected = lines.Split('|');
        Assert.All(expected, line =>
        {
            Assert.True(document.TryRead(out ReadOnlyMemory<byte> read));
            Assert.Equal(line, Encoding.UTF8.GetString(read.Span));
        });
        Assert.Equal(isCut, document.IsCut);
        Assert.False(document.TryRead(out _));
    }

    [Fact]
    public void A_line_may_be_longer_than_what_is_read_at_once()
    {
        string line = new('x', 700_000);
        DocumentLines document = new(new MemoryStream(Encoding.UTF8.GetBytes($"short\n{line}\nlast\n")));

        Assert.Equal(["short", line, "last"], All(document));
    }

    [Fact]
    public void What_comes_before_damage_of_a_compressed_document_is_of_use()
    {
        using MemoryStream compressed = new();
        using (System.IO.Compression.GZipStream gzip = new(compressed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200_000).Select(number => $"line {number * 7919L}\n"))));
        }

        byte[] bytes = compressed.ToArray();
        bytes.AsSpan(bytes.Length / 2, 5000).Fill(0xFF);
        List<string> lines = All(new(new System.IO.Compression.GZipStream(new MemoryStream(bytes), System.IO.Compression.CompressionMode.Decompress)));

        Assert.InRange(lines.Count, 1000, 199_999);
        Assert.All(Enumerable.Range(0, 1000), number => Assert.Equal($"line {number * 7919L}", lines[number]));
    }

    [Fact]
    public void Sums_are_those_of_the_disc_s_own_lists()
    {
        using HandmadeDisc made = new();
        made.Write("ARCHIVE/SHA256SUMS", $"{HandmadeDisc.Hash(1)}  DATA/a\n{HandmadeDisc.Hash(2)}  ARCHIVE/files.tsv\n{HandmadeDisc.Hash(3)} ARCHIVE/names.tsv\nx{HandmadeDisc.Hash(4)}  ARCHIVE/disc.json\n{HandmadeDisc.Hash(5)}  ARCHIVE/README.txt\n");
        using ArchiveDisc disc = made.Open();

        Assert.Equal([("ARCHIVE/README.txt", HandmadeDisc.Hash(5)), ("ARCHIVE/files.tsv", HandmadeDisc.Hash(2))],
            ListSums.Read(disc).OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => (sum.Key, sum.Value)));
    }

    [Fact]
    public void Sums_are_found_at_the_end_of_a_long_list()
    {
        using HandmadeDisc made = new();
        made.Write("ARCHIVE/SHA256SUMS", string.Concat(Enumerable.Range(0, 5000).Select(number => $"{HandmadeDisc.Hash(number)}  DATA/{number}\n")) + $"{HandmadeDisc.Hash(2)}  ARCHIVE/files.tsv\n");
        using ArchiveDisc disc = made.Open();

        Assert.Equal(HandmadeDisc.Hash(2), Assert.Single(ListSums.Read(disc)).Value);
    }

    [Fact]
    public void Names_that_the_trees_show_lead_to_the_true_ones()
    {
        using HandmadeDisc made = new();
        made.Write("ARCHIVE/names.tsv", "# what is shown\n/DATA/A.;1\tDATA/a\\tb\t/DATA/a_b\n-\tDATA/long\t/DATA/lon\n/X\tDATA/x\t-\n/\tDATA/y\t\nonly one\tcolumn\n");
        using ArchiveDisc disc = made.Open();

        Assert.Equal(
            [("/DATA/A.;1", "DATA/a\tb"), ("/DATA/a_b", "DATA/a\tb"), ("/DATA/lon", "DATA/long"), ("/X", "DATA/x")],
            NamesTable.Read(disc).Select(name => (name.Shown, Encoding.UTF8.GetString(name.TrueName))));
    }

    [Fact]
    public void Ranges_that_touch_become_one()
    {
        List<ByteRange> ranges = [];
        ByteRange.Add(ranges, 10, 5);
        ByteRange.Add(ranges, 15, 5);
        ByteRange.Add(ranges, 21, 0);
        ByteRange.Add(ranges, 21, 1);

        Assert.Equal([new(10, 10), new(21, 1)], ranges);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(3, 4)]
    [InlineData(9, 1)]
    [InlineData(2, 20)] // more than there is
    public void Bytes_of_a_file_are_read_from_any_place(long offset, int length)
    {
        using HandmadeDisc made = new();
        made.Write("DATA/digits", "0123456789");
        using ArchiveDisc disc = made.Open();
        using DiscContent content = disc.Open("DATA/digits"u8)!;
        List<ByteRange> unreadable = [];
        byte[] buffer = new byte[length];

        content.Read(7, new byte[2], unreadable); // as if it had been read further on before
        content.Read(offset, buffer, unreadable);

        int there = (int)Math.Min(length, 10 - offset);
        Assert.Equal((10L, -1L), (content.Length, content.Position));
        Assert.Equal("0123456789"u8[(int)offset..].ToArray().Take(there), buffer.Take(there));
        Assert.Empty(unreadable);
    }

    [Fact]
    public void A_file_that_became_shorter_is_zeros_at_its_end()
    {
        using HandmadeDisc made = new();
        made.Write("DATA/digits", "0123456789");
        using ArchiveDisc disc = made.Open();
        using DiscContent content = disc.Open("DATA/digits"u8)!;
        File.WriteAllText(Path.Combine(made.Path, "DATA/digits"), "012345");
        List<ByteRange> unreadable = [];
        byte[] buffer = [.. Enumerable.Repeat((byte)'x', 8)];

        content.Read(2, buffer, unreadable);

        Assert.Equal("2345\0\0\0\0"u8, buffer);
        Assert.Equal([new(6, 4)], unreadable);
    }

    [Theory]
    [InlineData("DATA/nothing")]
    [InlineData("DATA")]
    [InlineData("NONE/x")]
    public void What_is_no_file_is_not_opened(string path)
    {
        using HandmadeDisc made = new();
        made.Write("DATA/x", "1");
        using ArchiveDisc disc = made.Open();

        Assert.Null(disc.Open(Encoding.UTF8.GetBytes(path)));
        Assert.False(disc.HasDocument(path));
        Assert.Null(disc.ReadShort(path));
    }

    [Fact]
    public void A_short_document_is_read_whole_and_a_long_one_not_at_all()
    {
        using HandmadeDisc made = new();
        made.Write("ARCHIVE/short", new byte[1 << 20]).Write("ARCHIVE/long", new byte[(1 << 20) + 1]);
        using ArchiveDisc disc = made.Open();

        Assert.Equal(1 << 20, disc.ReadShort("ARCHIVE/short")!.Length);
        Assert.Null(disc.ReadShort("ARCHIVE/long"));
    }

    [Fact]
    public void Places_of_a_mounted_disc_are_the_listed_name_the_true_one_and_those_that_are_shown()
    {
        using HandmadeDisc made = new();
        made.Write("ARCHIVE/names.tsv", "/DATA/TRUE.;1\tDATA/true\t/DATA/shown\n");
        made.Write("DATA/listed", "1").Write("DATA/true", "2").Write("DATA/shown", "3").Write("data/true.;1", "4").Write("DATA/TRUE.;1", "longer");
        using ArchiveDisc disc = made.Open();

        IEnumerable<string> found = disc.Places(new DiscPlace(9, "listed"u8.ToArray()), "DATA/true"u8.ToArray(), 1).Select(Text);

        Assert.Equal("1243", string.Concat(found));
        Assert.Empty(disc.Places(null, null, 1));
    }

    private static string Text(DiscContent content)
    {
        using (content)
        {
            byte[] bytes = new byte[content.Length];
            content.Read(0, bytes, []);
            return Encoding.UTF8.GetString(bytes);
        }
    }

    private static List<string> All(DocumentLines document)
    {
        List<string> lines = [];
        while (document.TryRead(out ReadOnlyMemory<byte> line))
        {
            lines.Add(Encoding.UTF8.GetString(line.Span));
        }

        return lines;
    }
}
