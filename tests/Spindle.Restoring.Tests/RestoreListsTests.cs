// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Catalogue.Documents;
using Spindle.Formats.Images;
using Spindle.Restoring.Shelf;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Lists of a disc that are damaged: noticed by the disc's own check sums.</summary>
public sealed class RestoreListsTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task A_damaged_list_is_told_of_though_each_content_is_proven()
    {
        byte[] content = _archive.Write("a", TestArchive.Bytes(5000, 1));
        string image = Assert.Single(await _archive.ArchiveAsync());
        DamageList(image, "ARCHIVE/files.tsv", "a\tf\t5000"); // the name of the only line

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal(content, _archive.Restored("a"));
        Assert.True(result.IsWhole);
        Assert.Contains("ARCHIVE/files.tsv", Assert.Single(result.Concerns, concern => concern.Code == "list-damaged").What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_of_lists_that_are_whole()
    {
        _archive.Write("a", TestArchive.Bytes(5000, 1));
        await _archive.ArchiveAsync();

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Empty(result.Concerns);
    }

    [Fact]
    public async Task Names_of_a_damaged_list_that_stands_for_the_catalogue_are_not_proven()
    {
        _archive.Write("name", TestArchive.Bytes(5000, 1));
        string image = Assert.Single(await _archive.ArchiveAsync());
        DamageList(image, "ARCHIVE/catalogue.json.gz", null);
        DamageList(image, "ARCHIVE/files.tsv", "name\tf\t5000");

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal(["catalogue-mended", "names-unproven"], result.Problems.Select(problem => problem.Code));
        Assert.False(result.IsWhole);
    }

    [Fact]
    public async Task A_catalogue_that_is_damaged_is_told_of_where_the_lists_are_whole()
    {
        byte[] content = _archive.Write("name", TestArchive.Bytes(5000, 1));
        string image = Assert.Single(await _archive.ArchiveAsync());
        DamageList(image, "ARCHIVE/catalogue.json.gz", null);

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal(content, _archive.Restored("name"));
        Assert.Equal("catalogue-mended", Assert.Single(result.Problems).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disc_that_cannot_say_which_one_it_is_is_known_by_its_catalogue(bool isReadable)
    {
        _archive.Write("old", TestArchive.Bytes(5000, 1));
        _archive.Write("changed", "before");
        await _archive.ArchiveAsync();
        byte[] changed = _archive.Write("changed", "after that");
        string image = Assert.Single(await _archive.ArchiveAsync());
        DamageList(image, "ARCHIVE/disc.json", isReadable ? "\"number\": 1" : null, at: isReadable ? 10 : 0); // disc 0, or no JSON

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal(changed, _archive.Restored("changed"));
        Assert.Equal(5000, _archive.Restored("old").Length);
    }

    [Fact]
    public async Task The_list_of_a_newer_disc_is_newer_than_an_older_catalogue()
    {
        _archive.Write("a", "before");
        await _archive.ArchiveAsync();
        byte[] changed = _archive.Write("a", "after that");
        string image = Assert.Single(await _archive.ArchiveAsync());
        using (ImageDisc disc = ImageDisc.Open(image, ImageFile.Open(image))!)
        using (DiscContent content = (disc.Open("ARCHIVE/catalogue.json"u8) ?? disc.Open("ARCHIVE/catalogue.json.gz"u8))!)
        {
            byte[] bytes = File.ReadAllBytes(image);
            bytes.AsSpan((int)content.Position, (int)content.Length).Clear();
            File.WriteAllBytes(image, bytes);
        }

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal("catalogue-mended", Assert.Single(result.Problems).Code);
        Assert.Equal(changed, _archive.Restored("a"));
    }

    [Fact]
    public async Task A_disc_that_may_be_the_newest_and_cannot_be_read_is_a_problem()
    {
        _archive.Write("a", "before");
        await _archive.ArchiveAsync();
        _archive.Write("a", "after that");
        string image = Assert.Single(await _archive.ArchiveAsync());
        File.WriteAllBytes(image, new byte[1 << 20]);

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal("no-archive-disc", Assert.Single(result.Problems).Code);
        Assert.False(result.IsWhole);
    }

    /// <summary>Changes a byte of a text in a list, or of the list's own beginning; nowhere else.</summary>
    private static void DamageList(string image, string name, string? text, int at = 0)
    {
        long position;
        using (ImageDisc disc = ImageDisc.Open(image, ImageFile.Open(image))!)
        using (DiscContent content = disc.Open(Encoding.UTF8.GetBytes(name)) ?? disc.Open(Encoding.UTF8.GetBytes(name.Replace(".gz", "", StringComparison.Ordinal)))!)
        {
            position = content.Position;
        }

        byte[] bytes = File.ReadAllBytes(image);
        int found = text is null ? 0 : bytes.AsSpan((int)position).IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(found >= 0);
        bytes[(int)position + found + at] ^= 1;
        File.WriteAllBytes(image, bytes);
    }
}
