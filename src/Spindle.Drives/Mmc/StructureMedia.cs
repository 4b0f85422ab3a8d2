// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Which family of discs the format codes of READ DISC STRUCTURE are of (MMC-6, READ DISC STRUCTURE, media type).</summary>
public enum StructureMedia
{
    /// <summary>DVD and HD DVD.</summary>
    Dvd = 0,

    /// <summary>Blu-ray Disc.</summary>
    Bluray = 1,
}
