// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Drives.Linux;

namespace Spindle.Drives.Tests.Linux;

[SupportedOSPlatform("linux")]
public sealed class DeviceFailureTests
{
    // errno(3): the numbers are the kernel's, and the same on all its architectures.
    [Theory]
    [InlineData(1, "source-denied")] // EPERM
    [InlineData(13, "source-denied")] // EACCES
    [InlineData(16, "source-busy")] // EBUSY
    [InlineData(6, "drive-gone")] // ENXIO
    [InlineData(19, "drive-gone")] // ENODEV
    [InlineData(123, "no-medium")] // ENOMEDIUM
    [InlineData(5, "source-unreadable")] // EIO
    public void Says_why_a_device_cannot_be_opened(int error, string code)
    {
        Media.Failure failure = LinuxDiscDevice.CannotOpen("/dev/sr9", error).Failure;

        Assert.Equal(code, failure.Code);
        Assert.Contains("/dev/sr9", failure.What, StringComparison.Ordinal);
    }
}
