// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>How far the last session of a disc is written (MMC-6, READ DISC INFORMATION, state of last session).</summary>
public enum SessionState
{
    /// <summary>Nothing is written in it.</summary>
    Empty = 0,

    /// <summary>It was begun and not closed.</summary>
    Incomplete = 1,

    /// <summary>Closing it has failed.</summary>
    Damaged = 2,

    /// <summary>It is closed.</summary>
    Complete = 3,
}
