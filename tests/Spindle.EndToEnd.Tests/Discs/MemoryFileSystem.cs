// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>A small file system in memory, where this user may mount one; else the test is skipped.</summary>
internal sealed class MemoryFileSystem : IAsyncDisposable
{
    private MemoryFileSystem(string path) => Path = path;

    public string Path { get; }

    public static async Task<MemoryFileSystem> MountAsync(string path, string size)
    {
        Directory.CreateDirectory(path);
        ProgramResult result = await ForeignTool.RunAsync("mount", "/", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
        Assert.SkipUnless(result.ExitCode == 0, "nothing can be mounted here");
        return new(path);
    }

    public async ValueTask DisposeAsync() => await ForeignTool.AcceptsAsync("umount", "/", Path);
}
