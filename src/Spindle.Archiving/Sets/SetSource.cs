// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>One member of a set, with what of it is at hand.</summary>
/// <param name="Index">Which one: discs from 0 on, then parity discs.</param>
/// <param name="Member">What it is to be.</param>
internal sealed record SetSource(int Index, SetMember Member)
{
    private const int SectorSize = Capacity.SectorSize;

    /// <summary>Where it is; null where it is missing.</summary>
    public string? Path { get; set; }

    /// <summary>Its bytes; null where it is missing.</summary>
    public IImageStorage? Storage { get; set; }

    /// <summary>What a rescue read of it; null where all counts as read.</summary>
    public SectorMap? Map { get; set; }

    /// <summary>What each piece of it is to be; null where that is not known.</summary>
    public PieceSums? Digests { get; set; }

    /// <summary>Whether it is in sums: what is read stands for it, and all of it is right.</summary>
    public bool IsSummed { get; set; }

    /// <summary>Of a row of parity that is not in sums, the sums that others are in: what these have of the row is taken from it, as they are taken for zeros. Null for none.</summary>
    public SumsReader? Sums { get; set; }

    /// <summary>Bytes of it.</summary>
    public long Length => Member.Length;

    /// <summary>Where in the file it begins.</summary>
    public long Offset => Member is SetParity parity ? parity.Offset : 0;

    /// <summary>The member's own bytes in a window of which what is in sums was taken; and the other way round, which is the same.</summary>
    /// <param name="window">The window, as far as the member goes.</param>
    /// <param name="position">Where it begins.</param>
    public ReadOnlySpan<byte> OfMember(ReadOnlySpan<byte> window, long position)
    {
        if (Sums is null || Member is not SetParity parity)
        {
            return window;
        }

        byte[] own = new byte[window.Length];
        Sums.Read(parity.Row - 1, position, own);
        for (int at = 0; at < own.Length; at++)
        {
            own[at] ^= window[at];
        }

        return own;
    }

    /// <summary>Reads a window, and finds what of it is missing: not there, never read, unreadable, or not what its digest says.</summary>
    /// <param name="position">Where the window begins; a multiple of a piece.</param>
    /// <param name="window">Filled; zeros where nothing is.</param>
    /// <param name="byPiece">Whether a piece of which some is missing is missing as a whole.</param>
    /// <returns>What is missing, in order, from the window's start.</returns>
    public List<SetHole> Read(long position, Span<byte> window, bool byPiece)
    {
        int length = (int)Math.Clamp(Length - position, 0, window.Length);
        window[length..].Clear();
        List<SetHole> holes = [];
        if (Storage is null)
        {
            Add(holes, 0, length);
            return holes;
        }

        for (int at = 0; at < length; at += PieceSums.PieceLength)
        {
            Span<byte> piece = window[at..Math.Min(at + PieceSums.PieceLength, length)];
            int before = holes.Count;
            ReadPiece(position, at, piece, holes);
            bool isDamaged = holes.Count > before;
            if ((isDamaged && byPiece) || (!isDamaged && Digests?.Holds(position + at, piece) == false))
            {
                holes.RemoveRange(before, holes.Count - before);
                Add(holes, at, piece.Length);
            }
        }

        return holes;
    }

    private void ReadPiece(long position, int at, Span<byte> piece, List<SetHole> holes)
    {
        for (int done = 0; done < piece.Length;)
        {
            long from = Offset + position + at + done;
            int read = from < Storage!.Length ? Storage.Read(from, piece[done..]) : 0;
            AddUnread(from, read, at + done, holes);
            done += read;
            if (done < piece.Length)
            {
                long sectorEnd = (((from + read) / SectorSize) + 1) * SectorSize;
                int lost = from + read >= Storage.Length ? piece.Length - done : (int)Math.Min(sectorEnd - from - read, piece.Length - done);
                Add(holes, at + done, lost);
                done += lost;
            }
        }
    }

    // What a rescue did not read is there as zeros.
    private void AddUnread(long from, int count, int at, List<SetHole> holes)
    {
        for (long sector = from / SectorSize; Map is not null && sector * SectorSize < from + count && sector < Map.SectorCount;)
        {
            SectorRun run = Map.RunAt(sector);
            long end = Math.Min(run.Range.End * SectorSize, from + count);
            if (run.State != SectorState.Finished)
            {
                long first = Math.Max(sector * SectorSize, from);
                Add(holes, at + (int)(first - from), (int)(end - first));
            }

            sector = run.Range.End;
        }
    }

    private void Add(List<SetHole> holes, int from, int length)
    {
        if (length > 0)
        {
            holes.Add(new(Index, from, length));
        }
    }
}
