// SPDX-License-Identifier: MIT
namespace Spindle.Drives;

/// <summary>What a drive says of the disc in it.</summary>
public enum MediumStatus
{
    /// <summary>The device is no optical drive, or does not say.</summary>
    Unknown,

    /// <summary>The tray is closed and empty.</summary>
    NoDisc,

    /// <summary>The tray is open.</summary>
    TrayOpen,

    /// <summary>The drive is still looking at the disc.</summary>
    NotReady,

    /// <summary>There is a disc, and it can be read.</summary>
    Ready,
}
