// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Drives.Tests.Linux;

/// <summary>The contract on a loop device: a real block device whose contents a test can choose.</summary>
[SupportedOSPlatform("linux")]
public sealed class LoopDeviceContractTests : SectorReaderContract, IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<LoopDevice> _devices = [];

    protected override int SectorSize => 512;

    public new void Dispose()
    {
        base.Dispose();
        _devices.ForEach(device => device.Dispose());
        _directory.Dispose();
    }

    protected override ISectorReader Open(byte[] content)
    {
        LoopDevice device = LoopDevice.Attach(_directory.Write("disc.img", content));
        _devices.Add(device);
        return DiscDevices.TryOpen(device.Path)!.OpenMedium(leadOut: 0, out _);
    }
}

[SupportedOSPlatform("linux")]
public sealed class LinuxDiscDeviceTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Takes_no_file_folder_or_missing_path_for_a_device()
    {
        Assert.Null(DiscDevices.TryOpen(_directory.Write("file", [1])));
        Assert.Null(DiscDevices.TryOpen(_directory.Path));
        Assert.Null(DiscDevices.TryOpen(_directory["missing"]));
        Assert.Null(DiscDevices.TryOpen("/dev/null"));
    }

    [Fact]
    public void Asks_the_device_for_its_logical_block_size()
    {
        using LoopDevice loop = LoopDevice.Attach(_directory.Write("disc.img", new byte[8192]), sectorSize: 2048);
        using ISectorReader reader = DiscDevices.TryOpen(loop.Path)!.OpenMedium(leadOut: 0, out _);

        Assert.Equal(2048, reader.SectorSize);
        Assert.Equal(4, reader.SectorCount);
    }

    [Fact]
    public void Describes_a_loop_device_as_no_optical_drive()
    {
        using LoopDevice loop = LoopDevice.Attach(_directory.Write("disc.img", new byte[8192]));
        IDiscDevice device = DiscDevices.TryOpen(loop.Path)!;

        DeviceDescription description = device.Describe();

        Assert.Equal(loop.Path, description.Node);
        Assert.False(description.IsOptical);
        Assert.True(description.IsReadOnly);
        Assert.Equal(MediumStatus.Unknown, device.GetMediumStatus());
        Assert.Empty(device.GetMounts());
    }

    public void Dispose() => _directory.Dispose();
}
