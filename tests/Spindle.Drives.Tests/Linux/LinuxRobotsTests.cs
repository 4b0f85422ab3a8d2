// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives.Tests.Linux;

public sealed class LinuxRobotsTests
{
    [Fact]
    public void A_device_that_is_not_there_is_told_and_elsewhere_that_there_are_no_robots() =>
        Assert.Equal(OperatingSystem.IsLinux() ? "robot-silent" : "robots-not-supported", Assert.Throws<OperationFailedException>(() => DiscDevices.OpenRobot("/dev/sg-nothing")).Failure.Code);

    [Fact]
    public void Changers_are_looked_for_without_opening_any() => Assert.All(DiscDevices.Robots(), path => Assert.StartsWith("/dev/sg", path, StringComparison.Ordinal));
}
