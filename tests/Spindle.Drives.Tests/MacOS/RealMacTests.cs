// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Drives.Tests.MacOS;

/// <summary>The programs and calls of macOS themselves: they run on a Mac alone, and need no drive.</summary>
[SupportedOSPlatform("macos")]
public sealed class RealMacTests
{
    public RealMacTests() => Assert.SkipUnless(OperatingSystem.IsMacOS(), "this is no Mac");

    [Fact]
    public void Drives_are_listed_and_each_says_whether_a_disc_is_in() =>
        Assert.All(DiscDevices.OpticalDrives(), drive => Assert.NotEqual(MediumStatus.Unknown, DiscDevices.TryOpen(drive)!.GetMediumStatus()));

    [Fact]
    public void The_disk_that_the_system_lies_on_is_no_optical_drive_and_may_not_be_read_by_a_user()
    {
        IDiscDevice disk = DiscDevices.TryOpen("disk0")!;

        Assert.Equal(("/dev/disk0", false), (disk.Describe().Node, disk.Describe().IsOptical));
        Assert.SkipUnless(Environment.UserName != "root", "root may read it");
        Assert.Equal("source-denied", Assert.Throws<OperationFailedException>(() => disk.OpenMedium(0, out _)).Failure.Code);
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_who_writes_into_it()
    {
        using TempDirectory directory = new();
        ForeignProgram.Run("mkfifo", directory["pipe"]);

        Assert.Equal("source-is-pipe", Assert.Throws<OperationFailedException>(() => DiscDevices.TryOpen(directory["pipe"])).Failure.Code);
        Assert.Null(DiscDevices.TryOpen(directory.Write("file", [1])));
    }
}
