// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;
using Spindle.Drives.Tests.Mmc;

namespace Spindle.Drives.Tests;

public sealed class DriveTuningTests
{
    private const string Recovery = "00 12 00 00 00 00 00 00  81 0A 20 14 00 00 00 00 05 00 00 00";
    private const string Limited = "00 00 00 00 00 00 00 00  01 0A 20 01 00 00 00 00 05 00 00 00";
    private const string Own = "00 00 00 00 00 00 00 00  01 0A 20 14 00 00 00 00 05 00 00 00";

    [Fact]
    public void Limits_the_retries_and_nothing_else_and_puts_them_back()
    {
        SimulatedDrive simulated = Drive();
        using (DriveTuning tuning = new(new(simulated)))
        {
            Assert.True(tuning.TryLimitRetries(1));
            Assert.True(tuning.TryLimitRetries(1));
            Assert.Equal((byte)0x14, tuning.OwnRetryCount);
            Assert.True(tuning.TryRestoreRetries());
        }

        Assert.Equal([Replies.Bytes(Limited), Replies.Bytes(Limited), Replies.Bytes(Own)], simulated.Sent);
    }

    [Fact]
    public void Puts_everything_back_at_its_end()
    {
        SimulatedDrive simulated = Drive().Answer(MmcCommand.SetSpeed(706)).Answer(MmcCommand.SetSpeed(ReadingSpeed.Unlimited));
        using (DriveTuning tuning = new(new(simulated)))
        {
            Assert.True(tuning.TryLimitRetries(1));
            Assert.True(tuning.TrySetSpeed(706));
        }

        Assert.Equal(Replies.Bytes(Own), simulated.Sent[^1]);
        Assert.Equal(MmcCommand.SetSpeed(ReadingSpeed.Unlimited), simulated.Commands[^1]);
    }

    [Fact]
    public void Puts_back_a_speed_that_someone_has_set()
    {
        // 8467 kB/s is the fastest, 1412 is set.
        SimulatedDrive simulated = Drive()
            .Answer(MmcCommand.ModeSense(ReadingSpeed.Page, 0), Replies.Bytes("00 1A 00 00 00 00 00 00  2A 12 3F 37 F1 73 29 23  21 13 01 00 02 00 05 84  00 00 00 00"))
            .Answer(MmcCommand.SetSpeed(706))
            .Answer(MmcCommand.SetSpeed(1412));
        new DriveTuning(new(simulated)).Dispose();
        Assert.Empty(simulated.Commands);

        using (DriveTuning tuning = new(new(simulated)))
        {
            Assert.True(tuning.TrySetSpeed(706));
            Assert.True(tuning.TryRestoreSpeed());
        }

        Assert.Equal([MmcCommand.SetSpeed(706), MmcCommand.SetSpeed(1412)], simulated.Commands.Where(command => command[0] == 0xBB));
    }

    [Fact]
    public void Takes_a_limit_that_a_killed_run_left_behind_for_no_wish_of_the_drive()
    {
        SimulatedDrive simulated = new SimulatedDrive()
            .Answer(MmcCommand.ModeSense(ErrorRecovery.Page, 0), Replies.Bytes(Recovery.Replace("20 14", "20 01", StringComparison.Ordinal)))
            .Answer(MmcCommand.ModeSense(ErrorRecovery.Page, 0, defaults: true), Replies.Bytes(Recovery))
            .Answer(MmcCommand.ModeSelect(20));
        using (DriveTuning tuning = new(new(simulated)))
        {
            Assert.True(tuning.TryLimitRetries(1));
        }

        Assert.Equal(Replies.Bytes(Own), simulated.Sent[^1]);
    }

    [Fact]
    public void Leaves_a_drive_alone_that_knows_no_settings_or_tries_less_anyway()
    {
        SimulatedDrive ignorant = new();
        using (DriveTuning tuning = new(new(ignorant)))
        {
            Assert.False(tuning.TryLimitRetries(1));
            Assert.False(tuning.TrySetSpeed(706));
            Assert.Null(tuning.OwnRetryCount);
        }

        Assert.Empty(ignorant.Sent);
        SimulatedDrive hasty = new SimulatedDrive()
            .Answer(MmcCommand.ModeSense(ErrorRecovery.Page, 0), Replies.Bytes(Recovery.Replace("20 14", "20 00", StringComparison.Ordinal)));
        using DriveTuning other = new(new(hasty));
        Assert.False(other.TryLimitRetries(1));
        Assert.Empty(hasty.Sent);
    }

    private static SimulatedDrive Drive() => new SimulatedDrive()
        .Answer(MmcCommand.ModeSense(ErrorRecovery.Page, 0), Replies.Bytes(Recovery))
        .Answer(MmcCommand.ModeSelect(20));
}
