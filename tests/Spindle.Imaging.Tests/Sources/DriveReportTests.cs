// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Sources;

/// <summary>Why a drive can't be read now.</summary>
public sealed class DriveReportTests
{
    private const string Path = "/dev/sr9";

    [Theory]
    [InlineData(MediumStatus.NoDisc, DriveStatus.NoDisc, "no-medium")]
    [InlineData(MediumStatus.TrayOpen, DriveStatus.TrayOpen, "tray-open")]
    [InlineData(MediumStatus.NotReady, DriveStatus.NotReady, "not-ready")]
    public void Tells_what_the_system_says_of_the_medium(MediumStatus said, DriveStatus status, string code) =>
        AssertTold(new Drive(said), status, code);

    [Theory]
    [InlineData(0x3A, 0x00, DriveStatus.NoDisc, "no-medium")]
    [InlineData(0x3A, 0x02, DriveStatus.TrayOpen, "tray-open")]
    [InlineData(0x04, 0x01, DriveStatus.NotReady, "not-ready")] // becoming ready
    [InlineData(0x30, 0x00, DriveStatus.Unreadable, "source-unreadable")] // a medium that it can't read
    public void Tells_what_the_drive_itself_says(byte additional, byte qualifier, DriveStatus status, string code) =>
        AssertTold(new Drive(MediumStatus.Unknown) { Survey = new() { NotReady = new(SenseKey.NotReady, additional, qualifier) } }, status, code);

    [Theory]
    [InlineData("source-busy", DriveStatus.Busy)]
    [InlineData("source-denied", DriveStatus.Denied)]
    [InlineData("no-medium", DriveStatus.NoDisc)]
    [InlineData("tray-open", DriveStatus.TrayOpen)]
    [InlineData("not-ready", DriveStatus.NotReady)]
    [InlineData("source-unreadable", DriveStatus.Unreadable)]
    public void Tells_why_it_could_not_be_opened(string code, DriveStatus status)
    {
        DriveReport report = DriveReport.Of(Path, _ => throw new OperationFailedException(new(code, "it is so")), _ => throw new InvalidOperationException());

        Assert.Equal((status, code, false), (report.Status, report.Failure?.Code, report.IsReady));
    }

    private static void AssertTold(Drive drive, DriveStatus status, string code)
    {
        DriveReport report = DriveReport.Of(Path, _ => drive, _ => throw new InvalidOperationException("there is nothing to open"));

        Assert.Equal((status, code, false), (report.Status, report.Failure?.Code, report.IsReady));
        Assert.Contains(Path, report.Failure!.What, StringComparison.Ordinal);
    }

    /// <summary>A drive of which nothing can be read.</summary>
    [Fact]
    public void Drives_that_share_a_serial_number_are_told_apart_by_their_ports()
    {
        DriveReport drive = new() { Path = "/dev/sr0", Status = DriveStatus.NoDisc };

        IReadOnlyList<DriveReport> told = DriveReport.ToldApart(
        [
            drive with { Identity = "usb-123456", Port = "path-1" },
            drive with { Identity = "usb-other", Port = "path-2" },
            drive with { Identity = "usb-123456", Port = "path-3" },
            drive with { Identity = null, Port = null },
        ]);

        Assert.Equal(["path-1", "usb-other", "path-3", null], told.Select(report => report.Identity));
    }

    [Theory]
    [InlineData("/dev/sr0", "path-1")] // its bridge has the serial number of another one's
    [InlineData("/dev/sr1", "usb-other")]
    [InlineData("/dev/cdrom", "path-3")] // a link
    [InlineData("/dev/sr3", "/dev/sr3")] // nothing names it
    [InlineData("/home/disc.iso", null)]
    public void A_drive_is_named_as_the_list_of_drives_names_it_and_its_disc_is_not_looked_at(string path, string? identity)
    {
        Dictionary<string, DeviceDescription> drives = new()
        {
            ["/dev/sr0"] = new() { Node = "/dev/sr0", IsOptical = true, Identity = "usb-123456", Port = "path-1" },
            ["/dev/sr1"] = new() { Node = "/dev/sr1", IsOptical = true, Identity = "usb-other", Port = "path-2" },
            ["/dev/sr2"] = new() { Node = "/dev/sr2", IsOptical = true, Identity = "usb-123456", Port = "path-3" },
            ["/dev/sr3"] = new() { Node = "/dev/sr3", IsOptical = true },
            ["/dev/cdrom"] = new() { Node = "/dev/sr2", IsOptical = true, Identity = "usb-123456", Port = "path-3" },
        };
        IDiscDevice? Open(string node) => node != path ? throw new InvalidOperationException("one that does not answer would hold up all others")
            : drives.TryGetValue(node, out DeviceDescription? description) ? new Drive(MediumStatus.Unknown) { Description = description } : null;
        (string, string?)? NameOf(string node) => node == "/dev/sr4" ? throw new OperationFailedException(new("source-denied", "it is so")) : (drives[node].Node, drives[node].Identity);

        Assert.Equal(identity, DriveReport.IdentityOf(path, Open, NameOf, () => ["/dev/sr0", "/dev/sr1", "/dev/sr2", "/dev/sr3", "/dev/sr4"]));
    }

    private sealed class Drive(MediumStatus status) : IDiscDevice
    {
        public DeviceDescription? Description { get; init; }

        public DiscSurvey? Survey { get; init; }

        public string Path => DriveReportTests.Path;

        public DeviceDescription Describe() => Description ?? new() { Node = Path, IsOptical = true };

        public MediumStatus GetMediumStatus() => Description is null ? status : throw new NotSupportedException();

        public DiscSurvey? TrySurvey() => Survey;

        public DriveTuning? TryTune() => null;

        public IScsiTransport OpenForWriting() => throw new NotSupportedException();

        public IReadOnlyList<DeviceMount> GetMounts() => [];

        public ISectorReader OpenMedium(long leadOut, out CacheBypass bypass) => throw new NotSupportedException();

        public void Unmount(DeviceMount mount) => throw new NotSupportedException();

        public void Mount(DeviceMount mount) => throw new NotSupportedException();

        public void Eject() => throw new NotSupportedException();
    }
}
