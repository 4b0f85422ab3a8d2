// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests.Discs;

/// <summary>A disk that is in use: mounted for writing from a file, where this user may do that; else the test is skipped.</summary>
internal sealed class MountedDisk : IAsyncDisposable
{
    private MountedDisk(string device, string point)
    {
        Device = device;
        Point = point;
    }

    public string Device { get; }

    public string Point { get; }

    public static async Task<MountedDisk> AttachAsync(string file, string point)
    {
        Directory.CreateDirectory(point);
        ProgramResult mount = await ForeignTool.RunAsync("mount", "/", "-o", "loop", file, point);
        Assert.SkipUnless(mount.ExitCode == 0, "nothing can be mounted here");
        ProgramResult source = await ForeignTool.AcceptsAsync("findmnt", "/", "-n", "-o", "SOURCE", point);
        return new(source.Output.Trim(), point);
    }

    public async ValueTask DisposeAsync() => await ForeignTool.AcceptsAsync("umount", "/", Point);
}
