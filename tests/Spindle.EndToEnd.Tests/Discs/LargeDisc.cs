// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>An ISO 9660 image of more than 1 GiB, mastered by xorriso; made once for all tests that want it.</summary>
[CollectionDefinition(nameof(LargeDisc))]
public sealed class LargeDisc : ICollectionFixture<LargeDisc>, IDisposable
{
    private const long FileLength = 256L << 20;
    private const int FileCount = 4;

    private readonly TempDirectory _directory = new();
    private readonly Lazy<Task<string>> _path;

    public LargeDisc() => _path = new(MakeAsync);

    /// <summary>Its path. A test that asks for it is skipped where xorriso is not installed.</summary>
    public Task<string> PathAsync() => _path.Value;

    public void Dispose() => _directory.Dispose();

    private async Task<string> MakeAsync()
    {
        string files = Directory.CreateDirectory(_directory["files/deep/deeper"]).FullName;
        for (int i = 0; i < FileCount; i++)
        {
            Files.WriteRandom(Path.Combine(files, $"{i}.bin"), FileLength + i, seed: i);
        }

        await ForeignTool.AcceptsAsync(
            "xorriso", _directory.Path, "-as", "mkisofs", "-quiet", "-R", "-J", "-V", "LARGE_DISC", "-o", "large.iso", "files");
        Directory.Delete(_directory["files"], recursive: true);
        return _directory["large.iso"];
    }
}
