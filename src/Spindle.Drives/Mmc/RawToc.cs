// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>
/// The lead-ins of all sessions, or the program memory area of a CD that is not closed yet (MMC-6, READ TOC/PMA/ATIP, formats 2
/// and 3).
/// </summary>
/// <param name="FirstSession">The first complete session's number.</param>
/// <param name="LastSession">The last complete session's number.</param>
/// <param name="Entries">In the drive's order, doubles included; at most 5957.</param>
public sealed record RawToc(int FirstSession, int LastSession, IReadOnlyList<RawTocEntry> Entries)
{
    /// <summary>Bytes that hold a full disc.</summary>
    public const int Length = 4 + (EntryLength * 400);

    private const int HeaderLength = 4;
    private const int EntryLength = 11;
    private const int LeadOutPoint = 0xA2;

    /// <summary>Where a session's lead-out begins; null where the drive does not say.</summary>
    public long? LeadOutOf(int session) => Entries
        .Where(entry => entry.Session == session && entry.Adr == 1 && entry.Point == LeadOutPoint)
        .Select(entry => (long?)entry.Sector).FirstOrDefault();

    /// <summary>Reads a reply, as far as it goes.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static RawToc? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength)
        {
            return null;
        }

        List<RawTocEntry> entries = [];
        ReadOnlySpan<byte> rest = TableOfContents.Body(reply);
        while (rest.Length >= EntryLength)
        {
            entries.Add(new(rest[0], rest[1] & 0x0F, rest[1] >> 4, rest[3], DiscTime.ToSector(rest[8], rest[9], rest[10]), rest[8], rest[9]));
            rest = rest[EntryLength..];
        }

        return new(reply[2], reply[3], entries);
    }
}
