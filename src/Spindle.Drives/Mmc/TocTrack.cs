// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>A line of a table of contents (MMC-6, READ TOC/PMA/ATIP, formats 0 and 1).</summary>
/// <param name="Number">The track, from 1; AAh is the lead-out.</param>
/// <param name="Control">Control bits of sub-channel Q: bit 2 tells data from sound.</param>
/// <param name="Start">Its first sector.</param>
public readonly record struct TocTrack(int Number, int Control, long Start)
{
    /// <summary>The number of the lead-out.</summary>
    public const int LeadOut = 0xAA;

    /// <summary>Whether it holds data, and no sound.</summary>
    public bool IsData => (Control & 0x04) != 0;
}
