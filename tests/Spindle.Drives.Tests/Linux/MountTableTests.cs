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
        @"90 26 11:0 /a\040b /media/anna/My\040Disc ro,nosuid,relatime shared:50 - iso9660 /dev/sr0 ro,nojoliet,blocksize=2048,fmode=400",
        "91 26 11:0 / /mnt ro,relatime - udf /dev/sr0 ro,utf8,session=1",
        "92 26 7:0 / /rw rw,relatime - ext4 /dev/loop0 rw",
        "cut off",
    ];

    [Fact]
    public void Finds_the_mounts_of_a_device_last_one_first() => Assert.Equal(
        [
            new DeviceMount("/mnt", "udf", IsWritable: false) { Options = "ro,relatime,utf8,session=1" },
            new DeviceMount("/media/anna/My Disc", "iso9660", IsWritable: false) { Options = "ro,nosuid,relatime,block=2048,mode=0400", Root = "/a b" },
        ],
        MountTable.Parse(Lines, ["11:0"]));

    [Theory]
    [InlineData("ro,relatime,nojoliet,block=2048", (1 << 21) + 1, "nojoliet,block=2048")]
    [InlineData("rw,nosuid,nodev,noexec,noatime,sync", 2 + 4 + 8 + 16 + 1024, "")]
    [InlineData("ro,seclabel,uid=1000", (1 << 24) + 1, "uid=1000")] // neither relatime nor noatime is shown: strictatime
    public void Tells_flags_from_the_options_of_the_file_system(string options, int flags, string own)
    {
        DeviceMount mount = new("/mnt", "udf", IsWritable: false) { Options = options };

        Assert.Equal(((uint)flags, own), (Remount.FlagsOf(mount), Remount.DataOf(mount)));
    }

    [Fact]
    public void A_mount_tells_the_command_that_makes_it() => Assert.Equal(
        "mount -t udf -o ro,utf8 /dev/sr0 '/media/My Disc'",
        new DeviceMount("/media/My Disc", "udf", IsWritable: false) { Options = "ro,utf8" }.CommandFor("/dev/sr0"));

    [Fact]
    public void Tells_what_may_be_written_to() => Assert.True(Assert.Single(MountTable.Parse(Lines, ["7:0"])).IsWritable);
}
