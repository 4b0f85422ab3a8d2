// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Testing;

namespace Spindle.Station.Tests.Drives;

/// <summary>Names of drives, which stick to the drive and not to its number.</summary>
public sealed class DriveNamesTests : IDisposable
{
    private static readonly DriveReport One = new() { Path = "/dev/sr0", Identity = "usb-one", Status = DriveStatus.NoDisc };
    private static readonly DriveReport Two = new() { Path = "/dev/sr1", Identity = "usb-two", Status = DriveStatus.NoDisc };

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_drive_keeps_its_name_wherever_the_system_counts_it()
    {
        DrivesDocument named = await RunAsync(new("/dev/sr0", "left"), One, Two);
        DrivesDocument later = await RunAsync(new(), Two with { Path = "/dev/sr0" }, One with { Path = "/dev/sr1" });

        Assert.Equal(["left", null], named.Drives.Select(drive => drive.Name));
        Assert.Equal([(null, "usb-two"), ("left", "usb-one")], later.Drives.Select(drive => (drive.Name, drive.Identity)));
        Assert.Equal(["usb-one"], (await RunAsync(new("LEFT"), One, Two)).Drives.Select(drive => drive.Identity));
    }

    [Fact]
    public async Task A_name_is_changed_and_taken_away()
    {
        await RunAsync(new("/dev/sr0", "left"), One, Two);
        Assert.Equal("right", Assert.Single((await RunAsync(new("left", "right"), One)).Drives).Name);
        Assert.Null(Assert.Single((await RunAsync(new("usb-one", ""), One)).Drives).Name);
    }

    [Theory]
    [InlineData("/dev/sr1", "Left", "is called Left already")]
    [InlineData("/dev/sr9", "x", "there is no drive /dev/sr9")]
    [InlineData(null, "x", "there are 2 drives")]
    [InlineData("/dev/sr1", "a\u001b[2J", "none of them a control character")]
    public async Task What_would_confuse_is_refused(string? drive, string name, string what)
    {
        await RunAsync(new("/dev/sr0", "left"), One, Two);

        OperationFailedException refused = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new(drive, name), One, Two));

        Assert.Equal("usage", refused.Failure.Code);
        Assert.Contains(what, refused.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drive_that_nothing_tells_from_others_gets_no_name() =>
        Assert.Equal("no-identity", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new(null, "x"), One with { Identity = null }))).Failure.Code);

    [Fact]
    public async Task A_damaged_list_of_names_is_an_error_and_stays()
    {
        _directory.Write("drives.json", "{"u8);

        Assert.Equal("names-unreadable", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new(), One))).Failure.Code);
        Assert.Equal("{", File.ReadAllText(_directory["drives.json"]));
    }

    private Task<DrivesDocument> RunAsync(DrivesRequest request, params DriveReport[] drives) => DrivesVerb.Verb.RunAsync(
        request,
        new(Equipment.OfThisMachine() with { Drives = _ => drives, Folder = _directory.Path }, new Progress<WorkProgress>(), null!),
        TestContext.Current.CancellationToken);
}
