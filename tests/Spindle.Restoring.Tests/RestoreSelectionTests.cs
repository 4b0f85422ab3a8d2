// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Some of an archive, as it was at some time.</summary>
public sealed class RestoreSelectionTests : IDisposable
{
    private readonly TestArchive _archive = new();

    [Fact]
    public async Task One_file_comes_back_alone_with_the_directories_above_it()
    {
        byte[] wanted = _archive.Write("a/b/wanted", TestArchive.Bytes(3000, 1));
        _archive.Write("a/b/other", "2");
        _archive.Write("a/beside", "3");
        _archive.Write("c/wanted not", "4");
        Directory.CreateDirectory(Path.Combine(_archive.Tree, "empty"));
        await _archive.ArchiveAsync();

        RestoreResult result = await _archive.RestoreAsync(request => request with { Patterns = ["wanted"] });

        Assert.True(result.IsWhole);
        Assert.Equal(wanted, _archive.Restored("a/b/wanted"));
        Assert.Equal(["a", "a/b", "a/b/wanted"], All());
        Assert.Equal((1, 2), (result.FilesRestored, result.OthersRestored));
    }

    [Fact]
    public async Task A_directory_comes_back_with_what_is_below_it()
    {
        _archive.Write("a/b/c/deep", "1");
        _archive.Write("a/beside", "2");
        await _archive.ArchiveAsync();

        await _archive.RestoreAsync(request => request with { Patterns = ["/a/b"] });

        Assert.Equal(["a", "a/b", "a/b/c", "a/b/c/deep"], All());
    }

    [Fact]
    public async Task There_is_nothing_before_the_first_scan()
    {
        _archive.Write("a", "before");
        await _archive.ArchiveAsync();

        Assert.Equal("no-such-scan", await FailureAsync(request => request with { At = DateTimeOffset.UnixEpoch }));
        Assert.Equal("no-such-scan", await FailureAsync(request => request with { Scan = 99 }));
        Assert.False(Directory.Exists(_archive.Target) && _archive.Names().Length > 0);
    }

    [Fact]
    public async Task An_earlier_scan_has_what_was_there_then()
    {
        byte[] before = _archive.Write("a", "before");
        await _archive.ArchiveAsync();
        _archive.Write("a", "after that");
        _archive.Write("b", "new");
        await _archive.ArchiveAsync();

        await _archive.RestoreAsync(request => request with { Scan = 1 });

        Assert.Equal(["a"], _archive.Names());
        Assert.Equal(before, _archive.Restored("a"));
    }

    [Fact]
    public async Task What_is_missing_comes_back_beside_what_is_there()
    {
        for (int number = 0; number < 70; number++)
        {
            _archive.Write($"file {number}", TestArchive.Bytes(100 + number, number));
        }

        await _archive.ArchiveAsync();
        await _archive.RestoreAsync();
        string[] gone = ["file 0", "file 33", "file 69"];
        foreach (string name in gone)
        {
            File.Delete(Path.Combine(_archive.Target, name));
        }

        RestoreResult result = await _archive.RestoreAsync();

        Assert.True(result.IsWhole);
        Assert.Equal((70, 67), (result.FilesRestored, result.FilesPresent));
        Assert.All(Enumerable.Range(0, 70), number => Assert.Equal(TestArchive.Bytes(100 + number, number), _archive.Restored($"file {number}")));
    }

    public void Dispose() => _archive.Dispose();

    private async Task<string> FailureAsync(Func<RestoreRequest, RestoreRequest> ask) =>
        (await Assert.ThrowsAsync<OperationFailedException>(() => _archive.RestoreAsync(ask))).Failure.Code;

    private IEnumerable<string> All() => Directory.EnumerateFileSystemEntries(_archive.Target, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_archive.Target, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
