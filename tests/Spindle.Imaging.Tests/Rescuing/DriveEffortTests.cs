// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Rescuing;

namespace Spindle.Imaging.Tests.Rescuing;

public sealed class DriveEffortTests
{
    [Theory]
    [InlineData(DiscFamily.Cd, 706)] // 4 times 176.4 kB/s
    [InlineData(DiscFamily.Dvd, 2770)] // twice 1385 kB/s
    [InlineData(DiscFamily.Bluray, 8992)] // twice 4496 kB/s
    public void Reads_slowly_while_bad_sectors_are_tried_again_and_only_then(DiscFamily family, int speed)
    {
        SimulatedDrive drive = new SimulatedDrive().Answer(MmcCommand.SetSpeed((ushort)speed)).Answer(MmcCommand.SetSpeed(ReadingSpeed.Unlimited));
        DriveEffort effort = new(() => new(new(drive)), family);

        effort.Enter(RescueStatus.Trimming);
        effort.Enter(RescueStatus.Scraping);
        Assert.Empty(Speeds(drive));

        effort.Enter(RescueStatus.Retrying);
        Assert.Equal([MmcCommand.SetSpeed((ushort)speed)], Speeds(drive));
        effort.Leave();
        effort.PutBack();

        Assert.Equal([MmcCommand.SetSpeed((ushort)speed), MmcCommand.SetSpeed(ReadingSpeed.Unlimited)], Speeds(drive));
        Assert.Equal(((ushort)speed, true), ((ushort)effort.Settings!.SpeedLimitWhileRetrying!, effort.Settings.AreRestored));
    }

    [Fact]
    public void A_drive_that_does_not_take_its_speed_back_is_told_of()
    {
        // It takes the slow speed, and refuses the other one.
        SimulatedDrive drive = new SimulatedDrive().Answer(MmcCommand.SetSpeed(706));
        DriveEffort effort = new(() => new(new(drive)), DiscFamily.Cd);

        effort.Enter(RescueStatus.Retrying);
        effort.Leave();
        effort.PutBack();

        Assert.False(effort.Settings!.AreRestored);
    }

    private static IEnumerable<byte[]> Speeds(SimulatedDrive drive) => drive.Commands.Where(command => command[0] == 0xBB); // SET CD SPEED
}
