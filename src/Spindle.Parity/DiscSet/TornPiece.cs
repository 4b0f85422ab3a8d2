// SPDX-License-Identifier: MIT
using System.Numerics;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.DiscSet;

/// <summary>A piece of sums that was being changed when that was cut off: some pages of it are as they were, the others as they are to be.</summary>
/// <remarks>
/// A CRC is linear: each page that lacks its change adds a value of its own to the checksum. With 16 pages and 32 bits, one choice gives the checksum that
/// the piece is to have; where another one does, too, which chance brings once in 65,536 pieces, that is noticed.
/// </remarks>
internal static class TornPiece
{
    // What systems write whole or not at all.
    private const int PageLength = 4096;
    private const int Pages = PieceSums.PieceLength / PageLength;

    /// <summary>Makes a piece what it is to be.</summary>
    /// <param name="piece">The piece as it was found.</param>
    /// <param name="change">What was added to it, or still is to be.</param>
    /// <param name="sums">Its checksum before and after that.</param>
    /// <returns>Whether it is now; false where it is neither, nor some of both.</returns>
    public static bool TryMend(Span<byte> piece, ReadOnlySpan<byte> change, (uint Before, uint After) sums)
    {
        uint found = Crc32C.Of(piece);
        if (found == sums.After)
        {
            return true;
        }

        int? lacking = found == sums.Before ? (1 << Pages) - 1 : Lacking(change, found ^ sums.After);
        for (int page = 0; lacking is { } pages && page < Pages; page++)
        {
            for (int at = page * PageLength; (pages >> page & 1) != 0 && at < (page + 1) * PageLength; at++)
            {
                piece[at] ^= change[at];
            }
        }

        return lacking is not null && Crc32C.Of(piece) == sums.After;
    }

    // The one choice of pages whose changes make up a difference of checksums; null where there is none, or more than one.
    private static int? Lacking(ReadOnlySpan<byte> change, uint difference)
    {
        byte[] alone = new byte[PieceSums.PieceLength];
        uint nothing = Crc32C.Of(alone);
        uint[] parts = new uint[Pages];
        for (int page = 0; page < Pages; page++)
        {
            change.Slice(page * PageLength, PageLength).CopyTo(alone.AsSpan(page * PageLength));
            parts[page] = Crc32C.Of(alone) ^ nothing;
            alone.AsSpan(page * PageLength, PageLength).Clear();
        }

        return Solve(parts, difference);
    }

    // Elimination in GF(2): sums of parts that are led by different bits, each with the pages that it is of.
    private static int? Solve(ReadOnlySpan<uint> parts, uint difference)
    {
        (uint Sum, int Pages)[] led = new (uint, int)[sizeof(uint) * 8];
        for (int page = 0; page < Pages; page++)
        {
            (uint sum, int pages) = Reduced(led, parts[page], 1 << page);
            if (sum != 0)
            {
                led[BitOperations.Log2(sum)] = (sum, pages);
            }
            else if (parts[page] != 0)
            {
                return null; // two choices would do
            }
        }

        (uint rest, int lacking) = Reduced(led, difference, 0);
        return rest == 0 ? lacking : null;
    }

    private static (uint Sum, int Pages) Reduced((uint Sum, int Pages)[] led, uint sum, int pages)
    {
        while (sum != 0 && led[BitOperations.Log2(sum)] is { Sum: not 0 } known)
        {
            sum ^= known.Sum;
            pages ^= known.Pages;
        }

        return (sum, pages);
    }
}
