// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>One entry of a lead-in or of the program memory area, as it is on the disc (MMC-6, READ TOC/PMA/ATIP, formats 2 and 3).</summary>
/// <param name="Session">The session that it is of, from 1.</param>
/// <param name="Control">Control bits of sub-channel Q: bit 2 tells data from sound.</param>
/// <param name="Adr">What it is about: 1 for tracks, 5 for what comes behind the session, 2 for the disc's identification.</param>
/// <param name="Point">1 to 99 a track; A0h, A1h the first and last track; A2h the lead-out; B0h the next session.</param>
/// <param name="Sector">PMIN, PSEC and PFRAME as a sector: where the track or lead-out begins.</param>
/// <param name="Number">PMIN as it is: the track's number in A0h and A1h.</param>
/// <param name="Kind">PSEC as it is: in A0h what kind of CD the session is, 00h sound or data, 10h CD-i, 20h CD-ROM XA.</param>
public readonly record struct RawTocEntry(int Session, int Control, int Adr, int Point, long Sector, int Number, int Kind)
{
    /// <summary>Whether it is about a track.</summary>
    public bool IsTrack => Adr is 1 or 4 && Point is >= 1 and <= 99;

    /// <summary>Whether it holds data, and no sound.</summary>
    public bool IsData => (Control & 0x04) != 0;
}
