// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>The complete sessions of a disc, in short (MMC-6, READ TOC/PMA/ATIP, format 1).</summary>
/// <param name="FirstSession">The first complete session's number.</param>
/// <param name="LastSession">The last complete session's number.</param>
/// <param name="FirstTrackOfLast">The first track of the last complete session.</param>
public sealed record SessionInformation(int FirstSession, int LastSession, TocTrack FirstTrackOfLast)
{
    /// <summary>Bytes of a reply.</summary>
    public const int Length = 12;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static SessionInformation? Parse(ReadOnlySpan<byte> reply) => reply.Length < Length
        ? null
        : new(reply[2], reply[3], TableOfContents.TrackOf(reply[4..]));
}
