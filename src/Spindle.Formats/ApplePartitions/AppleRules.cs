// SPDX-License-Identifier: MIT
namespace Spindle.Formats.ApplePartitions;

/// <summary>What Apple's driver descriptor and partition map demand.</summary>
public static class AppleRules
{
    /// <summary>The driver descriptor's size is that of the partitions.</summary>
    public static readonly Rule DeviceSizeTrue = new("APM001", "Inside Macintosh: Devices, 'The Driver Descriptor Record'", "the device is as large as its partitions need, and no larger");

    /// <summary>The block size of driver descriptor and map agree.</summary>
    public static readonly Rule BlockSizeTrue = new("APM002", "Inside Macintosh: Devices, 'The Partition Map'", "the partition map lies in the second block of the size that the driver descriptor gives");

    /// <summary>The map is complete.</summary>
    public static readonly Rule MapComplete = new("APM003", "Inside Macintosh: Devices, 'The Partition Map'", "there are as many entries of the partition map as the first one says");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } = [DeviceSizeTrue, BlockSizeTrue, MapComplete];
}
