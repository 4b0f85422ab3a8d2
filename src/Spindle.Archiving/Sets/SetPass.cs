// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>One pass over all of a set that is at hand, window by window, each member at the same place.</summary>
/// <param name="shelf">The set.</param>
internal sealed class SetPass(SetShelf shelf)
{
    private readonly SetSolver _solver = new(
        [.. shelf.Table.Discs.Select(disc => disc.Coefficients)], SetWindows.LengthFor(shelf.Table.Discs.Count, shelf.Table.Parity.Count, shelf.Table.Length));

    /// <summary>The window that was read.</summary>
    public SetSolver Solver => _solver;

    /// <summary>Takes members out that can't be told to be right piece by piece, and are not: those without digests, by their SHA-256.</summary>
    public void TrustByHash(IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        foreach (SetSource source in shelf.Sources.Where(source => source is { Storage: not null, IsSummed: false, Digests: null, Map: null or { IsFinished: true } }))
        {
            if (!IsAsWritten(source, progress, cancellationToken))
            {
                source.Storage!.Dispose();
                source.Storage = null;
            }
        }
    }

    /// <summary>Reads a window of all members.</summary>
    /// <param name="position">Where it begins.</param>
    /// <param name="byPiece">Whether a piece of which some is missing is missing as a whole.</param>
    /// <returns>What is missing, from the window's start.</returns>
    public IReadOnlyList<SetHole> Read(long position, bool byPiece = false)
    {
        List<SetHole>[] holes = new List<SetHole>[shelf.Sources.Count];
        Parallel.For(0, holes.Length, index => holes[index] = Read(shelf.Sources[index], position, byPiece));
        _solver.Clear();
        SetHole[] all = [.. holes.SelectMany(list => list)];
        foreach (SetHole hole in all)
        {
            _solver.Miss(hole.Member, (int)hole.From, (int)hole.Length);
        }

        return all;
    }

    /// <summary>Makes what is missing in the window. What was made of a piece must be what its digest says; else all of such pieces counts as missing.</summary>
    /// <returns>What was made, and what can't be, from the window's start.</returns>
    public (IReadOnlyList<SetHole> Made, IReadOnlyList<SetHole> Left) Solve(long position)
    {
        IReadOnlyList<SetHole> made = _solver.Solve();
        if (made.Any(hole => !Holds(hole, position)))
        {
            Read(position, byPiece: true);
            made = _solver.Solve();
        }

        return (made, [.. _solver.Holes]);
    }

    private List<SetHole> Read(SetSource source, long position, bool byPiece)
    {
        Span<byte> window = _solver[source.Index];
        List<SetHole> holes = source.Read(position, window, byPiece);
        Span<byte> there = window[..(int)Math.Clamp(source.Length - position, 0, window.Length)];
        if (source is { Sums: not null, Storage: not null })
        {
            source.OfMember(there, position).CopyTo(there);
        }

        return holes;
    }

    private bool Holds(SetHole hole, long position)
    {
        SetSource source = shelf.Sources[hole.Member];
        if (source.Sums is not null)
        {
            return true; // its hash tells in the end
        }

        for (long piece = hole.From / PieceSums.PieceLength * PieceSums.PieceLength; source.Digests is not null && piece < hole.End; piece += PieceSums.PieceLength)
        {
            int length = (int)Math.Min(PieceSums.PieceLength, source.Length - position - piece);
            bool isWhole = !_solver.Holes.Any(left => left.Member == hole.Member && left.From < piece + length && left.End > piece);
            if (isWhole && !source.Digests.Holds(position + piece, _solver[hole.Member].Slice((int)piece, length)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all of a member is what its SHA-256 says.</summary>
    public static bool IsAsWritten(SetSource source, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 20];
        long end = source.Offset + source.Length;
        for (long position = 0; position < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = source.Storage!.Read(position, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - position)));
            if (read == 0)
            {
                return false;
            }

            hash.AppendData(buffer.AsSpan(0, read));
            position += read;
            progress.Report(new("hashing", position, end, WorkProgress.Bytes) { Item = source.Member.Name });
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == source.Member.Sha256;
    }
}
