// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Drives.Linux;

namespace Spindle.Drives.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class MountTableTests
{
    private static readonly string[] Lines =
    [
        "21 26 0:19 / /sys rw,nosuid shared:7 - sysfs sysfs rw",
        @"90 26 11:0 / /media/anna/My\040Disc ro,nosuid,relatime shared:50 - iso9660 /dev/sr0 ro",
        "91 26 11:0 / /mnt ro,relatime - udf /dev/sr0 ro",
        "92 26 7:0 / /rw rw,relatime - ext4 /dev/loop0 rw",
        "cut off",
    ];

    [Fact]
    public void Finds_the_mounts_of_a_device_last_one_first() => Assert.Equal(
        [new DeviceMount("/mnt", "udf", IsWritable: false), new DeviceMount("/media/anna/My Disc", "iso9660", IsWritable: false)],
        MountTable.Parse(Lines, ["11:0"]));

    [Fact]
    public void Tells_what_may_be_written_to() => Assert.True(Assert.Single(MountTable.Parse(Lines, ["7:0"])).IsWritable);
}
