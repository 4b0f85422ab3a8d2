// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Tray and disc, without touching either (MMC-6, GET EVENT STATUS NOTIFICATION, class 4: media).</summary>
/// <param name="Code">What has happened since the last question: 1 eject was asked for, 2 a new disc, 3 the disc is gone, 0 nothing.</param>
/// <param name="IsTrayOpen">Whether the tray is open.</param>
/// <param name="IsDiscPresent">Whether there is a disc; some drives say so of any closed tray.</param>
public readonly record struct MediumEvent(int Code, bool IsTrayOpen, bool IsDiscPresent)
{
    /// <summary>Bytes of a reply.</summary>
    public const int Length = 8;

    private const int MediaClass = 4;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short, or about something else.</returns>
    public static MediumEvent? Parse(ReadOnlySpan<byte> reply) =>
        reply.Length < Length || (reply[2] & 0x80) != 0 || (reply[2] & 0x07) != MediaClass
            ? null
            : new(reply[4] & 0x0F, (reply[5] & 0x01) != 0, (reply[5] & 0x02) != 0);
}
