// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>What a run changed about how the drive reads. What is null was left as it was.</summary>
public sealed record DriveSettings
{
    /// <summary>How fast it read, in 1000 bytes a second at most, as the user wished.</summary>
    public int? SpeedLimit { get; init; }

    /// <summary>How fast it read while bad sectors were tried again, in 1000 bytes a second at most.</summary>
    public int? SpeedLimitWhileRetrying { get; init; }

    /// <summary>How often it tried a sector by itself while what reads easily was copied from a damaged disc.</summary>
    public int? RetriesOfDriveWhileCopying { get; init; }

    /// <summary>How often it does so when it is left alone; null where it was not asked, or did not say.</summary>
    public int? RetriesOfDrive { get; init; }

    /// <summary>Whether all was put back; false where the drive did not take it.</summary>
    public bool AreRestored { get; init; }
}
