// SPDX-License-Identifier: MIT

using Spindle.Catalogue.Finding;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Finding;

public sealed class FileFinderTests : IAsyncLifetime
{
    private readonly TestArchive _archive = new();
    private CatalogueDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _archive.Write("photos/a.jpg", TestArchive.Bytes(100, 1));
        _archive.Write("photos/1998/b.jpg", TestArchive.Bytes(5000, 2));
        _archive.Write("letters/[will].odt", TestArchive.Bytes(300, 3));
        await _archive.ArchiveAsync();
        _archive.Write("photos/a.jpg", TestArchive.Bytes(200, 4));
        File.Delete(Path.Combine(_archive.Tree, "letters/[will].odt"));
        _archive.Write("late.txt", TestArchive.Bytes(10, 5));
        await _archive.ArchiveAsync();
        _database = CatalogueDatabase.OpenForReading(_archive.CataloguePath);
    }

    [Theory]
    [InlineData("*", "late.txt photos/1998/b.jpg photos/a.jpg")]
    [InlineData("*.jpg", "photos/1998/b.jpg photos/a.jpg")]
    [InlineData("photos/*", "photos/1998/b.jpg photos/a.jpg")]
    [InlineData("photos/*.jpg", "photos/a.jpg")]
    [InlineData("?ate.txt", "late.txt")]
    [InlineData("LATE.txt", "")]
    [InlineData("letters/**", "")]
    public void A_pattern_means_names_and_with_a_slash_paths(string pattern, string found) => Assert.Equal(found, Found(new() { Catalogue = "", Pattern = pattern }));

    [Fact]
    public void Size_and_hash_narrow_it_down()
    {
        Assert.Equal("photos/1998/b.jpg", Found(new() { Catalogue = "", Pattern = "*", MinimumSize = 201 }));
        Assert.Equal("late.txt photos/a.jpg", Found(new() { Catalogue = "", Pattern = "*", MaximumSize = 200 }));
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(TestArchive.Bytes(200, 4)));
        Assert.Equal("photos/a.jpg", Found(new() { Catalogue = "", Pattern = "*", Sha256 = hash }));
        Assert.Equal("photos/a.jpg", Found(new() { Catalogue = "", Pattern = "*", Sha256 = hash[..9] }));
        Assert.Equal("", Found(new() { Catalogue = "", Pattern = "*", After = DateTimeOffset.UtcNow.AddDays(1) }));
    }

    [Fact]
    public void What_is_gone_is_found_where_it_is_asked_for()
    {
        FoundFile will = Assert.Single(Files(new() { Catalogue = "", Pattern = "*.odt", IncludesGone = true }));

        Assert.Equal(("letters/[will].odt", 300L, 1L, 2L), (will.Path, will.Size, will.FirstScan, will.GoneScan));
        Assert.Equal(0, Assert.Single(will.Discs).Disc.Number);
    }

    [Fact]
    public void All_versions_of_a_file_are_told_the_newest_first()
    {
        IReadOnlyList<FoundFile> versions = new FileFinder(_database).Where("/photos/a.jpg");

        Assert.Equal([(200L, (long?)null), (100L, 2L)], versions.Select(version => (version.Size, version.GoneScan)));
        Assert.Equal([1, 0], versions.Select(version => Assert.Single(version.Discs).Disc.Number));
        Assert.Empty(new FileFinder(_database).Where("photos/none.jpg"));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _archive.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Found(FindRequest request) => string.Join(' ', Files(request).Select(file => file.Path).Order(StringComparer.Ordinal));

    private List<FoundFile> Files(FindRequest request) => [.. new FileFinder(_database).Find(request)];
}
