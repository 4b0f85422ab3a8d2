// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>How discs get into a drive (MM capabilities and mechanical status page, 2Ah, byte 6, bits 5 to 7).</summary>
/// <param name="Type">0 a caddy, 1 a tray, 2 a lid or a half tray that a hand closes, 4 and 5 a changer.</param>
public sealed record TrayMechanism(int Type)
{
    /// <summary>The page's number.</summary>
    public const byte Page = 0x2A;

    /// <summary>Bytes that a reply may take.</summary>
    public const int Length = ModePage.Length;

    /// <summary>Whether the drive takes a disc in again that it has put out.</summary>
    public bool ClosesByItself => Type == 1;

    /// <summary>Reads a reply to MODE SENSE (10).</summary>
    /// <returns>Null where the page is not in it.</returns>
    public static TrayMechanism? Parse(ReadOnlySpan<byte> reply) => ModePage.Find(reply, Page, atLeast: 7) is [_, _, _, _, _, _, var mechanism, ..] ? new(mechanism >> 5) : null;
}
