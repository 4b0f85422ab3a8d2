// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>The tracks of all sessions, without saying which belongs to which (MMC-6, READ TOC/PMA/ATIP, format 0).</summary>
/// <param name="FirstTrack">The first track's number.</param>
/// <param name="LastTrack">The last track's number.</param>
/// <param name="Tracks">The tracks, and the lead-out of the last session, in the drive's order; at most 256.</param>
public sealed record TableOfContents(int FirstTrack, int LastTrack, IReadOnlyList<TocTrack> Tracks)
{
    /// <summary>Bytes that hold 99 tracks and the lead-out.</summary>
    public const int Length = 4 + (100 * EntryLength);

    internal const int EntryLength = 8;
    private const int HeaderLength = 4;
    private const int MostTracks = 256;

    /// <summary>Where the lead-out of the last session begins; null where the drive does not say.</summary>
    public long? LeadOut => Tracks.Where(track => track.Number == TocTrack.LeadOut).Select(track => (long?)track.Start).LastOrDefault();

    /// <summary>Reads a reply, as far as it goes.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static TableOfContents? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength)
        {
            return null;
        }

        List<TocTrack> tracks = [];
        ReadOnlySpan<byte> rest = Body(reply);
        while (rest.Length >= EntryLength && tracks.Count < MostTracks)
        {
            tracks.Add(TrackOf(rest));
            rest = rest[EntryLength..];
        }

        return new(reply[2], reply[3], tracks);
    }

    /// <summary>What follows the header, cut to what the drive says and to what is there.</summary>
    internal static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> reply) =>
        reply[HeaderLength..Math.Clamp(BinaryPrimitives.ReadUInt16BigEndian(reply) + 2, HeaderLength, reply.Length)];

    internal static TocTrack TrackOf(ReadOnlySpan<byte> entry) =>
        new(entry[2], entry[1] & 0x0F, BinaryPrimitives.ReadInt32BigEndian(entry[4..]));
}
