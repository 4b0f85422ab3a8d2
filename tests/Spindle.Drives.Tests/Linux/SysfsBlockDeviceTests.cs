// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Drives.Linux;

namespace Spindle.Drives.Tests.Linux;

/// <summary>What /sys tells of the devices of this machine, whichever it has: its files say that they are longer than they are.</summary>
[SupportedOSPlatform("linux")]
public class SysfsBlockDeviceTests
{
    [Fact]
    public void A_device_has_the_numbers_that_the_kernel_gives_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "this is /sys of Linux");
        SysfsBlockDevice? device = SysfsBlockDevice.All().FirstOrDefault();
        Assert.SkipWhen(device is null, "this machine shows no block device");

        string number = Assert.Single(File.ReadLines($"/sys/class/block/{device.Name}/dev"));

        Assert.Contains(number, device.DeviceNumbers());
    }
}
