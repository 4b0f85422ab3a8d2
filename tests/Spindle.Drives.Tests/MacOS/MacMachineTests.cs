// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Drives.Tests.MacOS;

[UnsupportedOSPlatform("windows")]
public sealed class MacMachineTests : IDisposable
{
    private readonly SimulatedMac _mac = new();

    public void Dispose() => _mac.Dispose();

    [Fact]
    public void Drives_are_listed_with_their_disc_or_by_their_number()
    {
        Assert.Empty(_mac.Machine.OpticalDrives());
        _mac.Attach("IODVDServices", "HL-DT-ST", "DVDRAM GP65NS60", "PQ00");
        _mac.Attach("IOBDServices");
        Assert.Equal(["drive1", "drive2"], _mac.Machine.OpticalDrives());

        _mac.Insert("IOBDServices", "disk4", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(20 * 2048)));

        Assert.Equal(["drive1", "disk4"], _mac.Machine.OpticalDrives());
    }

    [Theory]
    [InlineData("disk4")]
    [InlineData("rdisk4")]
    [InlineData("/dev/disk4")]
    [InlineData("/dev/rdisk4")]
    [InlineData("disk4s0")] // a part of a disc: the disc
    [InlineData("drive1")]
    public void Each_name_of_a_disc_is_the_whole_disc_in_its_drive(string name)
    {
        _mac.Attach("IOBDServices", "PIONEER", "BD-RW BDR-XD07", "1.02");
        _mac.Insert("IOBDServices", "disk4", SimulatedMacDisc.Cd(SimulatedDisc.Pattern(20 * 2048)));

        IDiscDevice device = _mac.TryOpen(name)!;
        using ISectorReader reader = device.OpenMedium(0, out CacheBypass bypass);

        Assert.Equal(name, device.Path);
        Assert.Equal(
            new() { Node = "/dev/disk4", IsOptical = true, Vendor = "PIONEER", Model = "BD-RW BDR-XD07", Firmware = "1.02", IsRemovable = true, Connection = "usb" },
            device.Describe());
        Assert.Equal((20, 2048, CacheBypass.Direct), (reader.SectorCount, reader.SectorSize, bypass));
    }

    [Fact]
    public void Another_disk_is_read_as_it_is_and_a_part_of_it_is_that_part()
    {
        _mac.AddDisk("disk5", "SanDisk Ultra");
        _mac.AddDisk("disk5s1", "SanDisk Ultra");

        Assert.Equal(
            new() { Node = "/dev/disk5", IsOptical = false, Model = "SanDisk Ultra", IsRemovable = true, IsReadOnly = false, Connection = "usb" },
            _mac.TryOpen("/dev/rdisk5")!.Describe());
        Assert.Equal("/dev/disk5s1", _mac.TryOpen("disk5s1")!.Describe().Node);
        Assert.Null(_mac.TryOpen("disk5")!.TrySurvey());
        Assert.Null(_mac.TryOpen("disk5")!.TryTune());
    }

    [Fact]
    public void What_is_no_disc_is_a_file_and_a_pipe_is_refused()
    {
        _mac.Calls.Streams.Add("pipe");

        Assert.Null(_mac.TryOpen("image.iso"));
        Assert.Null(_mac.TryOpen("disk9"));
        Assert.Null(_mac.TryOpen("drive1"));
        Assert.Equal("source-is-pipe", Assert.Throws<OperationFailedException>(() => _mac.TryOpen("pipe")).Failure.Code);
    }

    [Fact]
    public void A_name_goes_on_to_mean_the_drive_that_it_meant_first()
    {
        _mac.Attach("IODVDServices");
        _mac.Attach("IOBDServices");
        _mac.Insert("IODVDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(20 * 2048)));
        IDiscDevice first = _mac.TryOpen("disk2")!;
        first.Eject();
        Assert.Equal(MediumStatus.NoDisc, first.GetMediumStatus());

        _mac.Insert("IODVDServices", "disk3", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(30 * 2048)));
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(40 * 2048)));

        Assert.Equal(MediumStatus.Ready, first.GetMediumStatus());
        Assert.Equal(["disk3", "drive2"], _mac.Machine.OpticalDrives()); // each name leads to that drive
        using ISectorReader reader = _mac.TryOpen("disk2")!.OpenMedium(0, out _);
        Assert.Equal(30, reader.SectorCount);
    }

    [Fact]
    public void A_drive_that_is_unplugged_is_told_and_not_found_again()
    {
        _mac.Attach("IOBDServices");
        IDiscDevice device = _mac.TryOpen("drive1")!;
        Assert.Equal(MediumStatus.NoDisc, device.GetMediumStatus());

        _mac.Detach("IOBDServices");

        Assert.Equal(MediumStatus.Unknown, device.GetMediumStatus());
        Assert.Null(_mac.TryOpen("drive1"));
        Assert.Equal("drive-gone", Assert.Throws<OperationFailedException>(() => device.OpenMedium(0, out _)).Failure.Code);
    }

    [Fact]
    public void A_system_that_does_not_answer_is_told_in_its_words()
    {
        _mac.Fail("ioreg", "ioreg: error: can't obtain I/O Kit's root service");

        Failure failure = Assert.Throws<OperationFailedException>(_mac.Machine.OpticalDrives).Failure;

        Assert.Equal("cannot-list-drives", failure.Code);
        Assert.Contains("can't obtain I/O Kit's root service", failure.What, StringComparison.Ordinal);
    }
}
