// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What START STOP UNIT does (MMC-6, START STOP UNIT, LoEj and Start bits).</summary>
public enum TrayMotion
{
    /// <summary>The disc stops turning.</summary>
    Stop = 0,

    /// <summary>The disc is made ready.</summary>
    Start = 1,

    /// <summary>The disc comes out.</summary>
    Eject = 2,

    /// <summary>The tray goes in.</summary>
    Load = 3,
}
