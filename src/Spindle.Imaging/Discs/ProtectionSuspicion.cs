// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Discs;

/// <summary>Tells sectors that a publisher has made unreadable on purpose from damage. A suspicion, and told as one.</summary>
/// <remarks>
/// On encrypted DVD-Video, and in the first gigabyte: rows of clusters that no drive reads. Trying again never helps, and wears the
/// drive out.
/// </remarks>
public static class ProtectionSuspicion
{
    /// <summary>In the application use of the primary volume descriptor of discs with RipGuard.</summary>
    private static readonly byte[] Marker = "MVSNRGFP"u8.ToArray();

    /// <summary>Fewer rows of bad sectors than this happen by themselves.</summary>
    private const int FewestRows = 3;

    /// <summary>A DVD fails by sixteen sectors; rows that were made on purpose are longer.</summary>
    private const int ShortestRow = 32;

    private const long FirstGigabyte = 1_000_000_000;

    /// <summary>The name of a protection whose mark a volume descriptor bears; null where there is none.</summary>
    /// <param name="descriptor">The sector of the primary volume descriptor.</param>
    public static string? MarkedIn(ReadOnlySpan<byte> descriptor) => descriptor.IndexOf(Marker) >= 0 ? "RipGuard" : null;

    /// <summary>Whether bad sectors look made on purpose.</summary>
    /// <param name="isEncrypted">Whether the disc is an encrypted DVD.</param>
    /// <param name="mark">What <see cref="MarkedIn"/> found.</param>
    /// <param name="unreadable">The sectors that could not be read, in order.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <returns>The protection's name, or what it is; null where nothing is suspected.</returns>
    public static string? Of(bool isEncrypted, string? mark, IReadOnlyList<SectorRange> unreadable, int sectorSize)
    {
        bool isLikely = isEncrypted
            && unreadable.Count(range => range.Count >= ShortestRow && range.Start * sectorSize < FirstGigabyte) >= FewestRows;
        return unreadable.Count == 0 ? null : mark ?? (isLikely ? "intentionally unreadable sectors" : null);
    }

    /// <summary>How often sectors are tried again at most, where a disc may have such sectors.</summary>
    public static int CapRetries(bool isEncrypted, string? mark, int retries) =>
        mark is not null ? 0 : isEncrypted ? Math.Min(1, retries) : retries;
}
