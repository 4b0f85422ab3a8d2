// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Drives.MacOS;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Drives.Tests.MacOS;

/// <summary>The contract on a DVD: blocks of the node are the disc's own.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MacDvdContractTests : SectorReaderContract, IDisposable
{
    private readonly SimulatedMac _mac = new();

    public MacDvdContractTests() => _mac.Attach("IODVDServices");

    public new void Dispose()
    {
        base.Dispose();
        _mac.Dispose();
    }

    protected override ISectorReader Open(byte[] content)
    {
        _mac.Insert("IODVDServices", "disk2", SimulatedMacDisc.Dvd(content));
        return _mac.TryOpen("disk2")!.OpenMedium(0, out _);
    }
}

/// <summary>The contract on a CD: blocks of the node are raw sectors, so its data is asked for by the call for that.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MacCdContractTests : SectorReaderContract, IDisposable
{
    private readonly SimulatedMac _mac = new();

    public MacCdContractTests() => _mac.Attach("IOCompactDiscServices");

    public new void Dispose()
    {
        base.Dispose();
        _mac.Dispose();
    }

    protected override ISectorReader Open(byte[] content)
    {
        _mac.Insert("IOCompactDiscServices", "disk2", SimulatedMacDisc.Cd(content));
        return _mac.TryOpen("disk2")!.OpenMedium(0, out _);
    }
}

[UnsupportedOSPlatform("windows")]
public sealed class MacDiscDeviceTests : IDisposable
{
    private readonly SimulatedMac _mac = new();
    private readonly SimulatedMacDisc _disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048));

    public MacDiscDeviceTests()
    {
        _mac.Attach("IODVDServices");
        _disc.Mounts["s1"] = ("/Volumes/ARCHIVE 1", "udf");
        _mac.Insert("IODVDServices", "disk2", _disc);
    }

    public void Dispose() => _mac.Dispose();

    [Fact]
    public void A_bad_sector_takes_its_whole_request_with_it_and_is_found_by_itself()
    {
        _disc.Bad.Add(40);
        using ISectorReader reader = Device.OpenMedium(0, out _);
        byte[] buffer = new byte[100 * 2048];

        Assert.Equal(new(32, SectorFault.Unreadable), reader.Read(new(0, 100), buffer));
        Assert.True(_disc.Content.AsSpan(0, 32 * 2048).SequenceEqual(buffer.AsSpan(0, 32 * 2048)));
        Assert.Equal(new(8, SectorFault.None), reader.Read(new(32, 8), buffer));
        Assert.Equal(new(0, SectorFault.Unreadable), reader.Read(new(40, 1), buffer));
        Assert.Equal(new(32, SectorFault.None), reader.Read(new(41, 32), buffer));
        Assert.All(_mac.Calls.Reads, read => Assert.InRange(read.Count, 1, 32));
    }

    [Fact]
    public void A_sector_that_failed_is_asked_for_again_though_no_drive_can_be_told_to_forget_it()
    {
        _disc.Bad.Add(7);
        using ISectorReader reader = Device.OpenMedium(0, out _);
        byte[] buffer = new byte[2048];
        reader.Read(new(7, 1), buffer);
        _disc.Bad.Clear();

        Assert.Equal(new(1, SectorFault.None), reader.Read(new(7, 1), buffer));
        Assert.Equal(_disc.Content.AsSpan(7 * 2048, 2048).ToArray(), buffer);
    }

    [Fact]
    public void A_disc_that_is_taken_out_is_told_from_a_drive_that_is_unplugged()
    {
        using ISectorReader reader = Device.OpenMedium(0, out _);
        ((IMediumWatch)reader).Check();
        Assert.Contains("in use", Assert.Throws<OperationFailedException>(Device.Eject).Failure.What, StringComparison.Ordinal);

        _mac.TakeOut("IODVDServices");
        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(((IMediumWatch)reader).Check).Failure.Code);

        _mac.Detach("IODVDServices");
        Assert.Equal("drive-gone", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
    }

    [Fact]
    public void Another_disc_in_the_drive_is_not_read_as_if_it_were_the_first()
    {
        using ISectorReader reader = Device.OpenMedium(0, out _);

        _mac.Insert("IODVDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048, seed: 2)));

        Assert.Equal("disc-changed", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
    }

    [Theory]
    [InlineData(MacError.Permission, "source-denied", "Full Disk Access")]
    [InlineData(MacError.Access, "source-denied", "sudo")]
    [InlineData(MacError.Busy, "source-busy", "close that program")]
    [InlineData(MacError.NoSuchDevice, "drive-gone", "cable")]
    [InlineData(MacError.NoEntry, "drive-gone", "cable")]
    [InlineData(MacError.InputOutput, "no-medium", "insert a disc")]
    [InlineData(MacError.Invalid, "source-unreadable", null)]
    public void Why_a_disc_cannot_be_opened_is_told_in_words(int error, string code, string? hint)
    {
        _mac.Calls.OpenError = error;

        Failure failure = Assert.Throws<OperationFailedException>(() => Device.OpenMedium(0, out _)).Failure;

        Assert.Equal(code, failure.Code);
        Assert.Contains("disk2", failure.What, StringComparison.Ordinal);
        Assert.Contains(hint ?? "", failure.Hint ?? "", StringComparison.Ordinal);
        Assert.Null(Device.TrySurvey());
        Assert.Null(Device.TryTune());
    }

    [Fact]
    public void A_drive_that_another_program_takes_for_itself_is_told()
    {
        using ISectorReader reader = Device.OpenMedium(0, out _);

        _mac.Calls.Error = MacError.Access;

        Assert.Equal("source-busy", Assert.Throws<OperationFailedException>(() => reader.Read(new(0, 1), new byte[2048])).Failure.Code);
    }

    [Fact]
    public void Descriptors_are_closed()
    {
        Device.OpenMedium(0, out _).Dispose();
        Device.TrySurvey();
        Device.TryTune()!.Dispose();
        _mac.Calls.Error = MacError.NoSuchDevice;
        Assert.Throws<OperationFailedException>(() => Device.OpenMedium(0, out _));

        Assert.Equal(0, _mac.Calls.Opened);
    }

    [Fact]
    public void Places_where_it_is_mounted_are_unmounted_and_mounted_again()
    {
        IDiscDevice device = Device;
        DeviceMount mount = Assert.Single(device.GetMounts());
        Assert.Equal(new("/Volumes/ARCHIVE 1", "udf", IsWritable: false), mount);

        device.Unmount(mount);
        Assert.Empty(device.GetMounts());
        device.Mount(mount);

        Assert.Equal([mount], device.GetMounts());
        Assert.Contains("unmount /Volumes/ARCHIVE 1", _mac.Told);
        Assert.Contains("mount disk2s1", _mac.Told);
        device.Mount(mount); // is there already
        Assert.Single(_mac.Told, line => line == "mount disk2s1");
    }

    [Theory]
    [InlineData("Volume ARCHIVE 1 on disk2s1 failed to unmount: dissented by PID 411 (/usr/bin/less)", "close what uses")]
    [InlineData("Unmount was refused", "unmount it yourself")]
    public void A_disc_that_stays_mounted_is_told_with_the_reason(string said, string hint)
    {
        _mac.Fail("unmount", said);

        Failure failure = Assert.Throws<OperationFailedException>(() => Device.Unmount(Device.GetMounts()[0])).Failure;

        Assert.Equal("cannot-unmount", failure.Code);
        Assert.Contains(said, failure.What, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disc_that_is_not_mounted_again_is_told_with_the_command_for_it()
    {
        IDiscDevice device = Device;
        DeviceMount mount = device.GetMounts()[0];
        device.Unmount(mount);
        _mac.Fail("mount", "Volume on disk2s1 failed to mount");
        Failure refused = Assert.Throws<OperationFailedException>(() => device.Mount(mount)).Failure;
        Assert.Equal(("not-mounted-again", "run diskutil mount disk2s1"), (refused.Code, refused.Hint));
        _mac.Fail("mount", null);

        device.Eject();
        Failure gone = Assert.Throws<OperationFailedException>(() => device.Mount(mount)).Failure;
        Assert.Equal(("not-mounted-again", null), (gone.Code, gone.Hint));
    }

    [Fact]
    public void A_disc_is_given_back_or_it_is_told_why_not()
    {
        IDiscDevice device = Device;
        _mac.Fail("eject", "Volume failed to eject");
        Assert.Contains("Volume failed to eject", Assert.Throws<OperationFailedException>(device.Eject).Failure.What, StringComparison.Ordinal);
        _mac.Fail("eject", null);

        device.Eject();

        Assert.Equal(MediumStatus.NoDisc, device.GetMediumStatus());
        Assert.Equal("cannot-eject", Assert.Throws<OperationFailedException>(device.Eject).Failure.Code);
        Assert.Equal("no-medium", Assert.Throws<OperationFailedException>(() => device.OpenMedium(0, out _)).Failure.Code);
        Assert.Empty(device.GetMounts());
    }

    private IDiscDevice Device => _mac.TryOpen("disk2")!;
}
