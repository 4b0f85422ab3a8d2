// SPDX-License-Identifier: MIT
using Spindle.Changers.Moving;
using Spindle.Changers.Opening;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.Changers;

namespace Spindle.Changers.Tests.Opening;

public sealed class RobotOpenerTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly SimulatedChanger _changer = new(["VOL001", null]);

    [Fact]
    public void Drives_are_known_by_the_serial_numbers_that_the_robot_tells()
    {
        using DiscMover mover = Opener(("/dev/sr0", "usb-X_SER00001"), ("/dev/sr1", "usb-X_SER00000"), ("/dev/sr2", null)).Open(new());

        Assert.Equal(["/dev/sr1", "/dev/sr0"], mover.Drives.Select(drive => drive?.Path));
        Assert.Equal([RobotEvent.Reset], mover.Look(anew: false, TestContext.Current.CancellationToken).Inventory.Events); // not lost by asking
    }

    [Fact]
    public void A_drive_that_may_be_two_is_none()
    {
        using DiscMover mover = Opener(("/dev/sr0", "usb-X_SER00001"), ("/dev/sr1", "usb-Y_SER00001")).Open(new());

        Assert.Equal([null, null], mover.Drives);
    }

    [Fact]
    public void Drives_that_are_named_are_taken_in_that_order()
    {
        using DiscMover mover = Opener(("/dev/sr0", "a"), ("/dev/sr1", "b")).Open(new() { Drives = ["b", "/dev/sr0"] });

        Assert.Equal(["/dev/sr1", "/dev/sr0"], mover.Drives.Select(drive => drive?.Path));
    }

    [Theory]
    [InlineData(RobotDriver.Command, null, "/dev/sg2", "usage")]
    [InlineData(RobotDriver.Command, "/x", null, "usage")]
    [InlineData(RobotDriver.Hand, null, null, "usage")]
    public void Settings_that_lack_something_are_told(RobotDriver driver, string? program, string? device, string code) =>
        Assert.Equal(code, Assert.Throws<OperationFailedException>(() => Opener().Open(new() { Driver = driver, Program = program, Device = device })).Failure.Code);

    [Fact]
    public void A_drive_that_is_not_there_is_told() =>
        Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => Opener().Open(new() { Drives = ["left"] })).Failure.Code);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Which_of_several_robots_is_not_guessed(int count)
    {
        RobotOpener opener = Opener(Enumerable.Range(0, count).Select(number => $"/dev/sg{number}"));

        Assert.Equal("which-robot", Assert.Throws<OperationFailedException>(() => opener.Open(new())).Failure.Code);
    }

    [Fact]
    public void A_robot_is_known_by_its_serial_number_whatever_its_device_is_called()
    {
        foreach (string device in new[] { "/dev/sg2", "/dev/sg7" })
        {
            using DiscMover mover = Opener().Open(new() { Device = device });
            _ = mover.Look(anew: false, TestContext.Current.CancellationToken);
            mover.Know(RobotPlace.Slot(1), new("uuid:1", DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        }

        Assert.Equal("smc-SPINDLE_SIMULATED_CHANG_SIM001.json", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(_folder["robots"]))));
    }

    public void Dispose() => _folder.Dispose();

    private RobotOpener Opener(params (string Path, string? Identity)[] drives) => Opener(["/dev/sg2"], drives);

    private RobotOpener Opener(IEnumerable<string> changers, params (string Path, string? Identity)[] drives) => new()
    {
        Folder = _folder.Path,
        Ask = (_, _) => true,
        DrivePath = word => drives.Where(drive => drive.Path == word || drive.Identity == word).Select(drive => drive.Path).FirstOrDefault(),
        Drives = () => drives,
        Time = TimeProvider.System,
        Ports = new() { OpenChanger = _ => _changer, Changers = () => [.. changers], OpenDrive = path => new FakeDrive(path, () => false) },
    };
}
