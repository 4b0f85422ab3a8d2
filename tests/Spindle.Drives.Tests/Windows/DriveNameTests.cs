// SPDX-License-Identifier: MIT
using Spindle.Drives.Windows;

namespace Spindle.Drives.Tests.Windows;

public class DriveNameTests
{
    [Theory]
    [InlineData("D:", @"\\.\D:", @"D:\")]
    [InlineData("d:", @"\\.\D:", @"D:\")]
    [InlineData(@"D:\", @"\\.\D:", @"D:\")]
    [InlineData("D:/", @"\\.\D:", @"D:\")]
    [InlineData(@"\\.\D:", @"\\.\D:", @"D:\")]
    [InlineData(@"\\?\D:", @"\\.\D:", @"D:\")]
    [InlineData(@"\\.\CdRom0", @"\\.\CdRom0", null)]
    [InlineData(@"\\.\cdrom12", @"\\.\cdrom12", null)]
    [InlineData(@"\\?\Volume{3a1b}\", @"\\?\Volume{3a1b}", @"\\?\Volume{3a1b}\")]
    public void A_drive_is_known_by_each_of_its_names(string path, string node, string? root) => Assert.Equal(new(node, root), DriveName.Parse(path));

    [Theory]
    [InlineData("")]
    [InlineData("D")]
    [InlineData("DD:")]
    [InlineData(@"D:\disc.iso")]
    [InlineData("D:disc.iso")]
    [InlineData("1:")]
    [InlineData("CdRom0")]
    [InlineData(@"\\.\CdRom")]
    [InlineData(@"\\.\CdRom0x")]
    [InlineData(@"\\.\PhysicalDrive0")]
    [InlineData(@"\\server\D:")]
    [InlineData("/dev/sr0")]
    public void A_file_is_none(string path) => Assert.Null(DriveName.Parse(path));
}
