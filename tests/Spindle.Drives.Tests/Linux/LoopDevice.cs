// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Testing;

namespace Spindle.Drives.Tests.Linux;

/// <summary>A read-only loop device over a file, where this user may make one.</summary>
internal sealed class LoopDevice : IDisposable
{
    private LoopDevice(string path) => Path = path;

    public string Path { get; }

    public static LoopDevice Attach(string file, int sectorSize = 512)
    {
        ForeignProgram.Said made = new ForeignProgram("losetup", "-r", "-f", "--show", "-b", sectorSize.ToString(CultureInfo.InvariantCulture), file).Run();
        Assert.SkipUnless(made.Code == 0, "no loop device could be made here");
        return new(made.Text.Trim());
    }

    public void Dispose() => new ForeignProgram("losetup", "-d", Path).Run();
}
