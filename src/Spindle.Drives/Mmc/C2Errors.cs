// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Spindle.Drives.Mmc;

/// <summary>Which bytes of a CD's sector the drive could not correct: what READ CD returns behind them (MMC-6, C2 error bits).</summary>
/// <remarks>A data sector has a third layer of correction behind this; in sound, these bytes are wrong, or made up by the drive.</remarks>
public static class C2Errors
{
    /// <summary>Bytes for the bits of one sector.</summary>
    public const int Length = 294;

    /// <summary>Counts them.</summary>
    /// <param name="bits">A bit for each byte of a sector of 2352, the first byte's in bit 7.</param>
    public static int Count(ReadOnlySpan<byte> bits)
    {
        int count = 0;
        foreach (byte some in bits[..Math.Min(bits.Length, Length)])
        {
            count += BitOperations.PopCount(some);
        }

        return count;
    }

    /// <summary>Tells where they are.</summary>
    /// <param name="bits">A bit for each byte of a sector of 2352, the first byte's in bit 7.</param>
    /// <returns>First bytes and lengths of runs, in order.</returns>
    public static IEnumerable<(int Start, int Length)> Runs(ReadOnlyMemory<byte> bits)
    {
        int start = -1;
        for (int i = 0; i <= Length * 8; i++)
        {
            bool isBad = i < Math.Min(bits.Length, Length) * 8 && (bits.Span[i / 8] >> (7 - (i % 8)) & 1) != 0;
            if (isBad && start < 0)
            {
                start = i;
            }
            else if (!isBad && start >= 0)
            {
                yield return (start, i - start);
                start = -1;
            }
        }
    }
}
