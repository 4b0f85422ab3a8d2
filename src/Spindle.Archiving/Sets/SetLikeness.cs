// SPDX-License-Identifier: MIT
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Finds which disc of a set an image is that has another name: by its digests, at places all over it.</summary>
internal static class SetLikeness
{
    private const int Places = 32;

    /// <summary>The disc of which most of the places hold; null where there is none of which half hold.</summary>
    /// <param name="path">The image.</param>
    /// <param name="candidates">Discs that it may be.</param>
    public static SetSource? Find(string path, IEnumerable<SetSource> candidates)
    {
        using ImageFile image = ImageFile.OpenRead(path);
        return Find(image.Read, candidates);
    }

    /// <summary>The same of anything; what can't be read tells nothing.</summary>
    /// <param name="read">Fills bytes from a position on, and says how many.</param>
    /// <param name="candidates">Discs that it may be.</param>
    public static SetSource? Find(Func<long, Span<byte>, int> read, IEnumerable<SetSource> candidates)
    {
        SetSource? best = null;
        double bestShare = 0.5;
        foreach (SetSource candidate in candidates)
        {
            if (ShareOf(read, candidate) is { } share && share > bestShare)
            {
                (best, bestShare) = (candidate, share);
            }
        }

        return best;
    }

    // Pieces of zeros are the same on many discs.
    private static double? ShareOf(Func<long, Span<byte>, int> read, SetSource candidate)
    {
        if (candidate.Digests is not { Count: > 0 } digests)
        {
            return null;
        }

        byte[] zeros = new byte[PieceSums.PieceLength];
        int[] telling = [.. Enumerable.Range(0, digests.Count).Where(piece => !digests.Holds((long)piece * zeros.Length, zeros))];
        int step = Math.Max(1, telling.Length / Places);
        int looked = 0;
        int held = 0;
        byte[] bytes = new byte[PieceSums.PieceLength];
        for (int index = 0; index < telling.Length; index += step)
        {
            long position = (long)telling[index] * PieceSums.PieceLength;
            int length = (int)Math.Min(bytes.Length, candidate.Length - position);
            if (read(position, bytes.AsSpan(0, length)) == length)
            {
                looked++;
                held += digests.Holds(position, bytes.AsSpan(0, length)) ? 1 : 0;
            }
        }

        return looked == 0 ? null : (double)held / looked;
    }
}
