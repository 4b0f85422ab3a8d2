// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Restoring into a directory that has an older state of the tree.</summary>
public sealed class RestoreOverOlderTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task Names_that_are_one_file_there_and_two_in_the_archive_become_two()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hard links are made on Linux only");
        foreach (string name in (string[])["a", "b", "c"])
        {
            _archive.Write(name, "same");
        }

        File.SetLastWriteTimeUtc(Path.Combine(_archive.Tree, "b"), new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        await _archive.ArchiveAsync();
        _archive.WriteThere("a", "same");
        Link("a", "b");
        Link("a", "c");

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal(3, result.FilesPresent);
        File.AppendAllText(Path.Combine(_archive.Target, "a"), "!");
        Assert.Equal("same", Encoding.UTF8.GetString(_archive.Restored("b")));
        Assert.Equal("same", Encoding.UTF8.GetString(_archive.Restored("c")));
        Assert.Equal(new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Path.Combine(_archive.Target, "b")));
    }

    [Fact]
    public async Task Names_that_are_two_files_there_and_one_in_the_archive_become_one()
    {
        PortableFiles.SkipWhereUsed("hard links");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "hard links are made on Linux only");
        _archive.Write("a", "same");
        ForeignProgram.Run("ln", Path.Combine(_archive.Tree, "a"), Path.Combine(_archive.Tree, "b"));
        await _archive.ArchiveAsync();
        _archive.WriteThere("a", "same");
        _archive.WriteThere("b", "same");

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        File.AppendAllText(Path.Combine(_archive.Target, "a"), "!");
        Assert.Equal("same!", Encoding.UTF8.GetString(_archive.Restored("b")));
    }

    [Fact]
    public async Task What_has_another_content_stays_and_counts_as_not_restored()
    {
        _archive.Write("a", "new");
        _archive.Write("b", "b");
        await _archive.ArchiveAsync();
        _archive.WriteThere("a", "old");
        Directory.CreateDirectory(Path.Combine(_archive.Target, "b"));

        RestoreResult result = await _archive.RestoreAsync();

        Assert.Equal((0, 2), (result.FilesRestored, result.NotRestored));
        Assert.Equal(["already-exists", "already-exists"], result.Problems.Select(problem => problem.Code));
        Assert.False(result.IsWhole);
        Assert.Equal("old", Encoding.UTF8.GetString(_archive.Restored("a")));

        RestoreResult over = await _archive.RestoreAsync(isOverwriting: true);
        Assert.Equal((1, 1), (over.FilesRestored, over.NotRestored));
        Assert.Equal("new", Encoding.UTF8.GetString(_archive.Restored("a")));
    }

    private void Link(string existing, string name) => ForeignProgram.Run("ln", Path.Combine(_archive.Target, existing), Path.Combine(_archive.Target, name));
}
