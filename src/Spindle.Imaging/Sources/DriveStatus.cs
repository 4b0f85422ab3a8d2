// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>Whether a drive can be read now.</summary>
public enum DriveStatus
{
    /// <summary>There is a disc, and it can be read.</summary>
    Ready,

    /// <summary>The drive is empty.</summary>
    NoDisc,

    /// <summary>The tray is open.</summary>
    TrayOpen,

    /// <summary>The drive is still looking at the disc.</summary>
    NotReady,

    /// <summary>Another program holds the drive.</summary>
    Busy,

    /// <summary>This user may not read from the drive.</summary>
    Denied,

    /// <summary>There is a disc, and nothing can be done with it: another kind than the drive reads, or damaged.</summary>
    Unreadable,

    /// <summary>The drive has not answered for a while: it may be stuck in a disc.</summary>
    NoAnswer,

    /// <summary>The drive does not say.</summary>
    Unknown,
}
