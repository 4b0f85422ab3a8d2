// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;

namespace Spindle.Cli.Tests.Commands;

public sealed class DrivesCommandTests
{
    private static readonly DriveReport Ready = new()
    {
        Path = "/dev/sr0",
        Vendor = "HL-DT-ST",
        Model = "BD-RE WH16NS60",
        Firmware = "1.02",
        Connection = "ata",
        Status = DriveStatus.Ready,
        Length = 26_720_256,
        SectorSize = 2048,
        VolumeIdentifier = "HOLIDAYS_2",
        FileSystems = ["ISO 9660"],
        Disc = new()
        {
            Kind = DiscKind.MultiSession,
            Medium = "CD-R",
            Sessions = [new(0, 1_648), new(13_048, 1_154)],
            Tracks = [new(1, 1, IsData: true, new(0, 1_648), Title: null), new(2, 2, IsData: true, new(13_048, 1_154), Title: null)],
            Sizes = [new("read-capacity", "MMC-6, READ CAPACITY", 14_202)],
        },
    };

    private static readonly DriveReport Empty = new()
    {
        Path = "/dev/sr1",
        Status = DriveStatus.NoDisc,
        Failure = new("no-medium", "/dev/sr1 holds no disc", "insert a disc and close the tray"),
    };

    private static readonly DriveReport Denied = new()
    {
        Path = "/dev/sr2",
        Status = DriveStatus.Denied,
        Failure = new("source-denied", "/dev/sr2 may not be read by this user", "join the group"),
    };

    [Fact]
    public async Task Shows_each_drive_and_what_is_in_it()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(null, () => [Ready, Empty], "drives");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(
            """
            /dev/sr0  HL-DT-ST BD-RE WH16NS60 1.02 (ata)
            Status:         disc ready
            Disc:           CD-R, data, several sessions
            Volume:         HOLIDAYS_2
            File systems:   ISO 9660
            Size:           26.72 MB (26,720,256 bytes)
            Track 1:        session 1, data, sectors 0-1647
            Track 2:        session 2, data, sectors 13048-14201
            /dev/sr1  unknown drive
            Status:         no disc

            """,
            outcome.Output);
        Assert.Contains("[no-medium]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("read-capacity: 14,202 sectors", (await CommandLine.RunAsync(null, () => [Ready], "drives", "--verbose")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_a_program_the_same()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(null, () => [Ready, Empty], "drives", "--json");

        JsonElement json = outcome.Json();
        Assert.Equal("spindle/drives/1", json.GetProperty("schema").GetString());
        JsonElement[] drives = [.. json.GetProperty("drives").EnumerateArray()];
        Assert.Equal(["ready", "no-disc"], drives.Select(drive => drive.GetProperty("status").GetString()!));
        Assert.Equal("multi-session", drives[0].GetProperty("disc").GetProperty("class").GetString());
        Assert.Equal([0L, 13_048], drives[0].GetProperty("disc").GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("start").GetInt64()));
        Assert.Equal(JsonValueKind.Null, drives[1].GetProperty("disc").ValueKind);
        Assert.Equal("no-medium", drives[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, drives[0].GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Ends_with_2_where_a_drive_could_not_be_looked_at() =>
        Assert.Equal(2, (await CommandLine.RunAsync(null, () => [Ready, Denied], "drives", "--json")).Code);

    [Fact]
    public async Task Says_that_there_is_no_drive() =>
        Assert.Equal("No optical drive was found.\n", (await CommandLine.RunAsync(null, () => [], "drives")).Output);
}
