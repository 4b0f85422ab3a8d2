// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Imaging.Simulating;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Simulating;

/// <summary>Drives that are folders do what drives do.</summary>
public sealed class SimulatedDrivesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly SimulatedDrives _drives;
    private readonly string _stack;

    public SimulatedDrivesTests()
    {
        _drives = new(_directory["drives"], TimeProvider.System);
        _stack = _drives.Make("left");
        Directory.SetLastWriteTimeUtc(_directory["drives/left/tray"], DateTime.UtcNow.AddMinutes(-1)); // nobody has just ejected a disc
    }

    [Fact]
    public void A_drive_without_discs_waits_for_one()
    {
        DriveReport drive = Assert.Single(_drives.All());

        Assert.Equal((DriveStatus.TrayOpen, "simulated-left", "Simulated drive"), (drive.Status, drive.Identity, drive.Model));
        Assert.Equal(_drives.IdentityOf(drive.Path), drive.Identity);
        Assert.Null(_drives.IdentityOf(_directory["drives"]));
    }

    [Fact]
    public void The_next_disc_of_the_stack_is_put_in()
    {
        File.WriteAllBytes(Path.Combine(_stack, "02.iso"), new byte[4096]);
        File.WriteAllBytes(Path.Combine(_stack, "01.iso"), SimulatedDisc.Pattern(40_960));

        DriveReport drive = Assert.Single(_drives.All());

        Assert.Equal((DriveStatus.Ready, 40_960L), (drive.Status, drive.Length));
    }

    [Fact]
    public void A_blank_disc_is_blank()
    {
        File.WriteAllText(Path.Combine(_stack, "01.blank"), "");

        DriveReport drive = Assert.Single(_drives.All());

        Assert.Equal((DiscKind.Blank, "blank-disc", false), (drive.Disc.Kind, drive.Failure?.Code, drive.IsReady));
    }

    [Fact]
    public async Task A_disc_is_imaged_with_its_bad_sectors_and_ejected()
    {
        byte[] content = SimulatedDisc.Pattern(200 * 2048);
        File.WriteAllBytes(Path.Combine(_stack, "01.iso"), content);
        File.WriteAllText(Path.Combine(_stack, "01.iso.bad"), "100 3\n");
        string path = Assert.Single(_drives.All()).Path;

        ImagingResult result = await _drives.Imager().RunAsync(
            new() { Source = path, Directory = _directory["out"], Name = "disc", Retries = 0 }, new Silent(), CancellationToken.None);

        Assert.Equal((ImagingOutcome.Incomplete, true), (result.Outcome, result.Ejected));
        Assert.Equal([new SectorRange(100, 3)], result.Unreadable);
        content.AsSpan(100 * 2048, 3 * 2048).Clear();
        Assert.Equal(content, await File.ReadAllBytesAsync(result.ImagePath!));
        Assert.Equal(DriveStatus.TrayOpen, Assert.Single(_drives.All()).Status);
        Assert.True(File.Exists(_directory["drives/left/done/01.iso.bad"]));
    }

    [Fact]
    public void A_disc_that_is_taken_out_is_gone_for_who_reads_it()
    {
        File.WriteAllBytes(Path.Combine(_stack, "01.iso"), new byte[40_960]);
        string path = Assert.Single(_drives.All()).Path;
        using DiscSource source = _drives.Open(path, SourceChoice.Whole);
        Assert.Equal(1, source.Reader.Read(new(0, 1), new byte[2048]).Count);

        File.Delete(_directory["drives/left/tray/01.iso"]);

        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(() => source.Reader.Read(new(1, 1), new byte[2048])).Failure.Code);
        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(source.CheckMedium).Failure.Code);
    }

    [Fact]
    public void Files_of_this_machine_are_what_they_are()
    {
        string file = _directory.Write("a.iso", new byte[8192]);

        using DiscSource source = _drives.Open(file, SourceChoice.Whole);

        Assert.False(source.IsDevice);
        Assert.Equal(8192, source.Reader.Length);
    }

    public void Dispose() => _directory.Dispose();

    private sealed class Silent : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
