// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>What is moulded into a recordable CD (MMC-6, READ TOC/PMA/ATIP, format 4).</summary>
/// <param name="IsRewritable">Whether it is a CD-RW.</param>
/// <param name="LeadIn">
/// Where the lead-in begins, counted in sectors, below 0. Its time is the maker's number: 97:mm:ff, as lists of makers have it.
/// </param>
/// <param name="LastLeadOut">The last sector at which the lead-out can begin: how much fits.</param>
/// <param name="MakerCode">The time at which the lead-in begins, as it is moulded, such as <c>97:26:65</c>.</param>
public sealed record Atip(bool IsRewritable, long LeadIn, long LastLeadOut, string MakerCode)
{
    /// <summary>Bytes of a reply.</summary>
    public const int Length = 32;

    private const int ShortestLength = 15;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static Atip? Parse(ReadOnlySpan<byte> reply) => reply.Length < ShortestLength
        ? null
        : new(
            (reply[6] & 0x40) != 0,
            DiscTime.ToSector(reply[8], reply[9], reply[10]),
            DiscTime.ToSector(reply[12], reply[13], reply[14]),
            $"{reply[8]:D2}:{reply[9]:D2}:{reply[10]:D2}");
}
