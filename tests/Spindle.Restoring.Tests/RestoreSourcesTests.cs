// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Exchange;
using Spindle.Formats.Images;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Mounted discs, damaged parts, and discs of several archives.</summary>
public sealed class RestoreSourcesTests : IDisposable
{
    private readonly TestArchive _archive = new();
    private readonly TestArchive _other = new();

    [Fact]
    public async Task Files_of_all_sizes_come_back_from_a_mounted_disc()
    {
        // Small ones are read 4 MiB at a time, together; larger ones each by itself.
        Dictionary<string, int> sizes = Enumerable.Range(0, 12).ToDictionary(number => $"small {number:D2}", number => 700_000 + number);
        sizes.Add("large", 5_000_000);
        sizes.Add("just small", 1 << 20);
        sizes.Add("not small", (1 << 20) + 1);
        sizes.Add("empty", 0);
        foreach ((string name, int size) in sizes)
        {
            _archive.Write(name, TestArchive.Bytes(size, size));
        }

        string image = Assert.Single(await _archive.ArchiveAsync(sectors: 20_000));
        string mounted = MountedCopy.Of(image, Path.Combine(Path.GetDirectoryName(_archive.Target)!, "mounted"));

        RestoreResult result = await _archive.RestoreAsync(mounted);

        Assert.True(result.IsWhole);
        Assert.Equal(sizes.Count, result.FilesRestored);
        Assert.All(sizes, file => Assert.Equal(TestArchive.Bytes(file.Value, file.Value), _archive.Restored(file.Key)));
    }

    [Theory]
    [InlineData(1000)] // in the first part
    [InlineData(8_990_000)] // in the last one
    public async Task A_part_that_is_damaged_leaves_the_others_of_its_file(int at)
    {
        byte[] content = _archive.Write("divided", TestArchive.Bytes(9_000_000, 1));
        IReadOnlyList<string> images = await _archive.ArchiveAsync();
        Assert.InRange(images.Count, 3, 5);
        TestArchive.Damage(ImageWith(images, content.AsSpan(at, 100)), content.AsSpan(at, 100));

        RestoreResult result = await _archive.RestoreAsync();

        DamagedFile file = Assert.Single(result.Damaged);
        Assert.Equal(("divided", 9_000_000L), (file.Path, file.Size));
        Assert.Empty(result.Missing);
        Assert.False(File.Exists(Path.Combine(_archive.Target, "divided")));
        byte[] kept = _archive.Restored(file.Kept!);
        content[at] ^= 1;
        Assert.Equal(content, kept);
    }

    [Fact]
    public async Task A_part_whose_sectors_cannot_be_read_is_zeros_in_what_is_kept()
    {
        byte[] content = _archive.Write("divided", TestArchive.Bytes(9_000_000, 1));
        IReadOnlyList<string> images = await _archive.ArchiveAsync();
        string image = ImageWith(images, content.AsSpan(0, 100));
        long bad = (File.ReadAllBytes(image).AsSpan().IndexOf(content.AsSpan(0, 100)) / 2048) + 10;

        RestoreResult result = await _archive.RestoreAsync(
            request => request, path => path == image ? new SimulatedDisc(File.ReadAllBytes(path)).Bad(bad) : ImageFile.Open(path));

        DamagedFile file = Assert.Single(result.Damaged);
        Assert.Equal("divided", file.Path);
        Assert.Equal((10 * 2048, 2048), (Assert.Single(file.Ranges).Offset, file.Ranges[0].Length));
        content.AsSpan(10 * 2048, 2048).Clear();
        Assert.Equal(content, _archive.Restored(file.Kept!));
    }

    [Fact]
    public async Task Discs_of_archives_that_do_not_know_each_other_are_not_restored_together()
    {
        await TwoArchivesAsync(isImported: false);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => _archive.RestoreAsync(_archive.Images, _other.Images));

        Assert.Equal("several-archives", e.Failure.Code);
        Assert.Contains("2 archives", e.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discs_of_an_archive_and_of_one_that_it_took_in_are_restored_together()
    {
        await TwoArchivesAsync(isImported: true);

        RestoreResult result = await _archive.RestoreAsync(_other.Images, _archive.Images);

        Assert.True(result.IsWhole);
        Assert.Equal(["attic", "ours", "ours too"], _archive.Names());
        Assert.Equal(TestArchive.Bytes(2000, 2), _archive.Restored("attic/theirs"));
    }

    [Fact]
    public async Task A_disc_of_another_archive_than_the_catalogue_s_is_not_used()
    {
        await TwoArchivesAsync(isImported: false);
        using CatalogueDatabase ours = CatalogueDatabase.OpenForReading(_archive.CataloguePath);

        RestoreResult result = await new Restorer(openMedium: null, fetcher: null, TimeProvider.System).RunAsync(
            ours, new() { Sources = [_other.Images, _archive.Images], Target = _archive.Target }, new Progress<WorkProgress>(), CancellationToken.None);

        Assert.True(result.IsWhole);
        Assert.Equal(["ours", "ours too"], _archive.Names());
        Assert.Equal("other-archive", Assert.Single(result.Concerns).Code);
    }

    [Fact]
    public async Task The_catalogue_remembers_from_which_discs_files_came()
    {
        _archive.Write("a", TestArchive.Bytes(9000, 1));
        byte[] damaged = _archive.Write("b", TestArchive.Bytes(9000, 2));
        string image = Assert.Single(await _archive.ArchiveAsync());
        TestArchive.Damage(image, damaged.AsSpan(0, 100));
        using CatalogueDatabase ours = CatalogueDatabase.OpenForReading(_archive.CataloguePath);

        RestoreResult result = await new Restorer(openMedium: null, fetcher: null, TimeProvider.System).RunAsync(
            ours, new() { Sources = [_archive.Images], Target = _archive.Target }, new Progress<WorkProgress>(), CancellationToken.None);

        Assert.Empty(result.Concerns);
        DiscEvent restored = Assert.Single(new DiscEvents(ours).All(new() { Catalogue = ours.Path, Kind = "restored" }));
        Assert.Equal((0, "damaged"), (restored.Disc, restored.Verdict));
    }

    [Fact]
    public async Task A_source_that_is_no_disc_of_an_archive_has_nothing_to_restore()
    {
        Directory.CreateDirectory(_archive.Images);
        string image = Path.Combine(_archive.Images, "other.iso");
        await File.WriteAllBytesAsync(image, new byte[1 << 20]);

        Assert.Equal("no-archive-disc", (await Assert.ThrowsAsync<OperationFailedException>(() => _archive.RestoreAsync(image))).Failure.Code);
    }

    public void Dispose()
    {
        _archive.Dispose();
        _other.Dispose();
    }

    // Ours takes theirs in before its second disc, which so tells of both.
    private async Task TwoArchivesAsync(bool isImported)
    {
        _other.Write("theirs", TestArchive.Bytes(2000, 2));
        await _other.ArchiveAsync();
        _archive.Write("ours", TestArchive.Bytes(1000, 1));
        await _archive.ArchiveAsync();
        if (isImported)
        {
            using MemoryStream json = new();
            using (CatalogueDatabase theirs = CatalogueDatabase.OpenForReading(_other.CataloguePath))
            {
                CatalogueExport.Write(json, theirs, ExportFormat.Json, CatalogueJson.Newest(theirs), TimeProvider.System, default);
            }

            json.Position = 0;
            using CatalogueDatabase ours = CatalogueDatabase.OpenForWriting(_archive.CataloguePath);
            CatalogueImport.Read(json, ours, "attic", TimeProvider.System, default);
        }

        _archive.Write("ours too", TestArchive.Bytes(3000, 3));
        await _archive.ArchiveAsync();
    }

    private static string ImageWith(IReadOnlyList<string> images, ReadOnlySpan<byte> bytes)
    {
        byte[] sought = bytes.ToArray();
        return Assert.Single(images, image => File.ReadAllBytes(image).AsSpan().IndexOf(sought) >= 0);
    }
}
