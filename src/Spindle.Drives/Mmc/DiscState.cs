// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>How far a disc is written (MMC-6, READ DISC INFORMATION, disc status).</summary>
public enum DiscState
{
    /// <summary>Nothing is written.</summary>
    Blank = 0,

    /// <summary>Something is, and more can be added.</summary>
    Appendable = 1,

    /// <summary>Nothing can be added.</summary>
    Finalised = 2,

    /// <summary>It is written anywhere, like a disk.</summary>
    Other = 3,
}
