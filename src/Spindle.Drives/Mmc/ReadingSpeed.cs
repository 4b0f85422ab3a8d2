// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>How fast a drive reads, in 1000 bytes a second (MM capabilities and mechanical status page, 2Ah).</summary>
/// <param name="Current">The speed that is set; 0 where the drive does not say.</param>
/// <param name="Fastest">The fastest that it can be set to; 0 where the drive does not say.</param>
/// <remarks>MMC-4 and later call both fields obsolete; drives go on filling them, for programs go on asking.</remarks>
public readonly record struct ReadingSpeed(ushort Current, ushort Fastest)
{
    /// <summary>The page's number.</summary>
    public const byte Page = 0x2A;

    /// <summary>Bytes that a reply may take.</summary>
    public const int Length = ModePage.Length;

    /// <summary>What stands for the fastest where a speed is set.</summary>
    public const ushort Unlimited = 0xFFFF;

    /// <summary>Reads a reply to MODE SENSE (10).</summary>
    /// <returns>Null where the page is not in it.</returns>
    public static ReadingSpeed? Parse(ReadOnlySpan<byte> reply)
    {
        ReadOnlySpan<byte> page = ModePage.Find(reply, Page, 16);
        return page.IsEmpty
            ? null
            : new(BinaryPrimitives.ReadUInt16BigEndian(page[14..]), BinaryPrimitives.ReadUInt16BigEndian(page[8..]));
    }

    /// <summary>What a multiple of a disc's own speed is, as it is printed on drives.</summary>
    /// <param name="family">The disc.</param>
    /// <param name="factor">The multiple, 4 for 4×; at least 1.</param>
    /// <returns>In 1000 bytes a second, rounded up, at most <see cref="Unlimited"/>; null where the disc's own speed is not known.</returns>
    public static ushort? Of(DiscFamily family, int factor)
    {
        // CD: 75 sectors of 2352 bytes, Red Book; DVD: 11.08 Mbit/s, ECMA-267; Blu-ray Disc: 35.965 Mbit/s; HD DVD: 36.55 Mbit/s.
        decimal? single = family switch
        {
            DiscFamily.Cd => 176.4m,
            DiscFamily.Dvd => 1385m,
            DiscFamily.Bluray => 4495.6m,
            DiscFamily.HdDvd => 4568.7m,
            _ => null,
        };
        return single is { } one ? (ushort)Math.Min(Math.Ceiling(one * factor), Unlimited) : null;
    }
}
