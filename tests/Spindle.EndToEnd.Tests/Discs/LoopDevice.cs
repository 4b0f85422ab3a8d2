// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>A read-only block device over a file, where this user may make one; else the test is skipped.</summary>
internal sealed class LoopDevice : IAsyncDisposable
{
    private LoopDevice(string path) => Path = path;

    public string Path { get; }

    public static async Task<LoopDevice> AttachAsync(string file)
    {
        ProgramResult result = await ForeignTool.RunAsync("losetup", "/", "-r", "-f", "--show", file);
        Assert.SkipUnless(result.ExitCode == 0, "no loop device could be made here");
        return new(result.Output.Trim());
    }

    public async ValueTask DisposeAsync() => await ForeignTool.AcceptsAsync("losetup", "/", "-d", Path);
}
