// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What READ CD returns of the sub-channel (MMC-6, READ CD, sub-channel selection).</summary>
public enum SubChannelSelection
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>All eight channels, as they come: 96 bytes.</summary>
    Raw = 1,

    /// <summary>The formatted Q channel: 16 bytes.</summary>
    Q = 2,

    /// <summary>R to W, corrected: 96 bytes.</summary>
    Packed = 4,
}
