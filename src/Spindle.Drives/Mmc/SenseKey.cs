// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What kind of failure it is (SPC-4, sense key).</summary>
public enum SenseKey
{
    /// <summary>Nothing to say.</summary>
    NoSense = 0x0,

    /// <summary>Done, with some effort.</summary>
    RecoveredError = 0x1,

    /// <summary>The drive cannot be used now: no disc, tray open, still looking.</summary>
    NotReady = 0x2,

    /// <summary>The disc: a sector that cannot be read, mostly.</summary>
    MediumError = 0x3,

    /// <summary>The drive itself.</summary>
    HardwareError = 0x4,

    /// <summary>The command, or what it asks for, is not known or not possible with this disc.</summary>
    IllegalRequest = 0x5,

    /// <summary>Something has happened since the last command: another disc, a reset.</summary>
    UnitAttention = 0x6,

    /// <summary>Writing is not allowed.</summary>
    DataProtect = 0x7,

    /// <summary>Nothing is written there, or all is.</summary>
    BlankCheck = 0x8,

    /// <summary>The drive gave the command up; it may be sent again.</summary>
    AbortedCommand = 0xB,
}
