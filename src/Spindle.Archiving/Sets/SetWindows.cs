// SPDX-License-Identifier: MIT
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>How much of each member of a set is in memory at a time.</summary>
internal static class SetWindows
{
    private const long Memory = 64 << 20;
    private const int Longest = 4 << 20;

    /// <summary>Bytes of each member: whole pieces, at least one, and no more than there are.</summary>
    /// <param name="discs">Discs of the set.</param>
    /// <param name="rows">Rows of parity.</param>
    /// <param name="length">Bytes of each row.</param>
    public static int LengthFor(int discs, int rows, long length)
    {
        long pieces = Math.Min(Memory / (discs + (3 * rows)), Longest) / PieceSums.PieceLength;
        long there = (length + PieceSums.PieceLength - 1) / PieceSums.PieceLength;
        return (int)Math.Max(1, Math.Min(pieces, there)) * PieceSums.PieceLength;
    }
}
