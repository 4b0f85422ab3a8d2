// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Discs that are alike in what is read at once.</summary>
public enum DiscFamily
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>CD: each sector is decoded by itself.</summary>
    Cd,

    /// <summary>DVD: sixteen sectors are decoded together.</summary>
    Dvd,

    /// <summary>Blu-ray Disc: thirty-two sectors are decoded together.</summary>
    Bluray,

    /// <summary>HD DVD: thirty-two sectors are decoded together.</summary>
    HdDvd,
}
