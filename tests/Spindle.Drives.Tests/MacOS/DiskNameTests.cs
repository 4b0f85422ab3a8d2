// SPDX-License-Identifier: MIT
using Spindle.Drives.MacOS;

namespace Spindle.Drives.Tests.MacOS;

public sealed class DiskNameTests
{
    [Theory]
    [InlineData("disk2", "disk2", null)]
    [InlineData("rdisk2", "disk2", null)]
    [InlineData("/dev/disk2", "disk2", null)]
    [InlineData("/dev/rdisk12", "disk12", null)]
    [InlineData("disk2s1", "disk2", "disk2s1")]
    [InlineData("/dev/rdisk2s1s3", "disk2", "disk2s1s3")]
    public void Discs_have_many_names(string name, string whole, string? part) => Assert.Equal(new DiskName(whole, part, 0), DiskName.Parse(name));

    [Fact]
    public void Drives_have_numbers() => Assert.Equal(new DiskName(null, null, 12), DiskName.Parse("drive12"));

    [Theory]
    [InlineData("")]
    [InlineData("disk")]
    [InlineData("disk2.iso")]
    [InlineData("disk2\n")]
    [InlineData("./disk2")]
    [InlineData("dir/disk2")]
    [InlineData("/dev/null")]
    [InlineData("/dev/disk2/")]
    [InlineData("disk2s")]
    [InlineData("Disk2")]
    [InlineData("disk123456")]
    [InlineData("drive0")]
    [InlineData("drive")]
    [InlineData("/dev/drive1")]
    [InlineData("disk-2")]
    [InlineData("disk٢")]
    public void Files_have_others(string name) => Assert.Null(DiskName.Parse(name));
}
