// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Running;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Imaging.Tests.Sources;

/// <summary>Drives of a Mac, as its programs and calls show them, from the list of drives to a finished image.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MacDriveTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SimulatedMac _mac = new();

    public MacDriveTests() => _mac.Attach("IOBDServices", "PIONEER", "BD-RW BDR-XD07", "1.02");

    public void Dispose()
    {
        _mac.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_drive_is_reported_with_its_disc()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(200 * 2048), "DVD-R");
        disc.Mounts["s1"] = ("/Volumes/DISC", "udf");
        _mac.Insert("IOBDServices", "disk2", disc);

        DriveReport report = Report("disk2");

        Assert.Equal((true, "PIONEER", "BD-RW BDR-XD07", "usb"), (report.IsReady, report.Vendor, report.Model, report.Connection));
        Assert.Equal((DiscKind.Data, "DVD-R", 200 * 2048L), (report.Disc.Kind, report.Disc.Medium, report.Length));
        Assert.Equal(["/Volumes/DISC"], report.MountPoints);
    }

    [Fact]
    public void An_empty_drive_and_one_that_may_not_be_read_say_so()
    {
        Assert.Equal((DriveStatus.NoDisc, "no-medium"), Said(Report("drive1")));
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(200 * 2048)));
        _mac.Calls.OpenError = 1; // EPERM

        Assert.Equal((DriveStatus.Denied, "source-denied"), Said(Report("disk2")));
        Assert.Equal((DriveStatus.Denied, "source-denied"), Said(Report("drive1")));

        static (DriveStatus, string?) Said(DriveReport report) => (report.Status, report.Failure?.Code);
    }

    [Theory]
    [InlineData("IODVDMedia")]
    [InlineData("IOCDMedia")]
    [InlineData("IOBDMedia")]
    public async Task Bad_sectors_are_found_to_the_sector_though_a_request_fails_as_a_whole(string family)
    {
        byte[] content = SimulatedDisc.Pattern(400 * 2048);
        SimulatedMacDisc disc = family switch
        {
            "IOCDMedia" => SimulatedMacDisc.Cd(content, "CD-R"),
            "IODVDMedia" => SimulatedMacDisc.Dvd(content, "DVD-R"),
            _ => SimulatedMacDisc.Bd(content),
        };
        disc.Bad.UnionWith([40, 41, 100, 311]);
        _mac.Insert("IOBDServices", "disk2", disc);

        ImagingResult result = await ImageAsync("disk2");

        Assert.Equal([new(40, 2), new(100, 1), new(311, 1)], result.Map!.RangesOf(SectorState.Bad));
        byte[] image = File.ReadAllBytes(Image);
        Assert.Equal(content.Length, image.Length);
        Assert.All(Enumerable.Range(0, 400), sector => Assert.Equal(
            disc.Bad.Contains(sector) ? new byte[2048] : content.AsSpan(sector * 2048, 2048).ToArray(), image.AsSpan(sector * 2048, 2048).ToArray()));
        Assert.Equal(0, _mac.Calls.Opened);
    }

    [Theory]
    [InlineData(0, 600)]
    [InlineData(150, 450)] // the pause is sound already, which the sectors themselves say
    public async Task Of_a_CD_with_sound_behind_its_data_the_data_is_imaged(int pause, int sectors)
    {
        byte[] content = SimulatedDisc.Pattern(1000 * 2048);
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Cd(content, soundFrom: 600, pause: pause));

        ImagingResult result = await ImageAsync("/dev/rdisk2");

        Assert.Contains("audio-left-out", result.Concerns.Concat(result.Warnings).Select(told => told.Code));
        Assert.Empty(result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal(content.AsSpan(0, sectors * 2048).ToArray(), File.ReadAllBytes(Image));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // the drive was made slower for the rescue, by a node of its own
    public async Task A_disc_is_ejected_when_its_image_is_done(bool isBad)
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(200 * 2048));
        _mac.Insert("IOBDServices", "disk2", disc);
        disc.Bad.UnionWith(isBad ? [100, 101] : []);

        ImagingResult result = await ImageAsync("disk2");

        Assert.Empty(result.Warnings);
        Assert.True(result.Ejected);
        Assert.Equal(["drive1"], _mac.OpticalDrives());
    }

    [Fact]
    public async Task A_mounted_disc_is_unmounted_for_the_copy_and_mounted_again()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(200 * 2048));
        disc.Mounts["s1"] = ("/Volumes/DISC", "udf");
        _mac.Insert("IOBDServices", "disk2", disc);

        ImagingResult result = await ImageAsync("disk2", eject: false);

        Assert.Empty(result.Warnings);
        Assert.Equal(["unmount /Volumes/DISC", "mount disk2s1"], _mac.Told.Where(line => line.Contains("mount ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_disc_that_is_taken_out_ends_the_copy_and_it_goes_on_with_the_same_one()
    {
        byte[] content = SimulatedDisc.Pattern(20_000 * 2048);
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(content);
        _mac.Insert("IOBDServices", "disk2", disc);
        _mac.Calls.BeforeRead = first =>
        {
            if (first > 9000)
            {
                _mac.TakeOut("IOBDServices");
                _mac.Calls.BeforeRead = null;
            }
        };

        OperationFailedException ended = await Assert.ThrowsAsync<OperationFailedException>(() => ImageAsync("disk2"));
        Assert.Equal("disc-changed", ended.Failure.Code);
        _mac.Insert("IOBDServices", "disk3", disc); // it has another name now, and the same drive
        ImagingResult result = await ImageAsync("disk2", resume: true);

        Assert.Equal(0, result.Map!.SectorCount - result.Map.Total(SectorState.Finished));
        Assert.Equal(content, File.ReadAllBytes(Image));
    }

    [Fact]
    public async Task The_next_disc_in_the_drive_is_waited_for_whatever_it_is_called()
    {
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(200 * 2048)));
        DriveTray tray = DriveTray.Of(() => _mac.TryOpen("disk2"), TimeProvider.System)!;
        Assert.True(tray.HasDisc);

        tray.Eject();
        await tray.WaitForRemovalAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.False(tray.HasDisc);
        Task waiting = tray.WaitForDiscAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        _mac.Insert("IOBDServices", "disk7", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(300 * 2048)));
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));

        using DiscSource next = Open("disk2");
        Assert.Equal(300 * 2048, next.Description.Length);
    }

    [Fact]
    public async Task A_drive_that_is_unplugged_is_not_waited_for()
    {
        _mac.Attach("IODVDServices");
        DriveTray tray = DriveTray.Of(() => _mac.TryOpen("drive2"), TimeProvider.System)!;

        _mac.Detach("IODVDServices");

        OperationFailedException gone = await Assert.ThrowsAsync<OperationFailedException>(() => tray.WaitForDiscAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("drive-gone", gone.Failure.Code);
    }

    private string Image => Assert.Single(Directory.GetFiles(_directory.Path, "*.iso", SearchOption.AllDirectories));

    private DriveReport Report(string path) => DriveReport.Of(path, _mac.TryOpen, Open);

    private DiscSource Open(string path) => DiscSource.Open(path, SourceChoice.Whole, _mac.TryOpen);

    private Task<ImagingResult> ImageAsync(string path, bool resume = false, bool eject = true) => new Imager(request => Open(request.Source), new FaultyFiles(), TimeProvider.System).RunAsync(
        new() { Source = path, Directory = _directory.Path, Name = "disc", Resume = resume, Eject = eject }, new Progress<WorkProgress>(), CancellationToken.None);
}
