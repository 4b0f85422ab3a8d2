// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Station.Tests.Drives;

public sealed class DrivesVerbTests
{
    [Theory]
    [InlineData(DriveStatus.Ready, Outcome.Done)]
    [InlineData(DriveStatus.NoDisc, Outcome.Done)]
    [InlineData(DriveStatus.Unknown, Outcome.Done)]
    [InlineData(DriveStatus.Denied, Outcome.Lacking)]
    [InlineData(DriveStatus.Busy, Outcome.Lacking)]
    [InlineData(DriveStatus.Unreadable, Outcome.Lacking)]
    public async Task A_drive_that_could_not_be_looked_at_is_lacking(DriveStatus status, Outcome outcome) =>
        Assert.Equal(outcome, (await LookAsync(new DriveReport { Path = "/dev/sr0", Status = status })).Outcome);

    [Fact]
    public async Task What_a_drive_does_not_say_is_null()
    {
        DrivePart drive = Assert.Single((await LookAsync(new DriveReport { Path = "/dev/sr0", Status = DriveStatus.Ready, Length = 2048 })).Drives);

        Assert.Null(drive.Vendor);
        Assert.Equal((2048, DiscKind.Unknown, null, null), (drive.Disc!.Bytes, drive.Disc.Class, drive.Disc.Finalised, drive.Disc.Layers));
    }

    [Fact]
    public async Task Without_a_disc_there_is_none() =>
        Assert.Null(Assert.Single((await LookAsync(new DriveReport { Path = "/dev/sr0", Status = DriveStatus.NoDisc })).Drives).Disc);

    private static Task<DrivesDocument> LookAsync(DriveReport drive) => DrivesVerb.Verb.RunAsync(
        new(), SmallCatalogue.Work with { Equipment = Equipment.OfThisMachine() with { Drives = _ => [drive] } }, CancellationToken.None);
}
