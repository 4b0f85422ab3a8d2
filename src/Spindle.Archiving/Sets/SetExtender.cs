// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Adds discs to a set whose parity was made: that and the new discs are read, none of the old ones.</summary>
public static class SetExtender
{
    /// <summary>Makes the parity of all discs. The old parity stays, and is of another set from now on.</summary>
    /// <param name="request">The new discs, the old parity, and where the new one belongs.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops; the same command goes on.</param>
    /// <exception cref="OperationFailedException"><c>set-incomplete</c>: not all of the old parity is there and as it was written; and those of <see cref="SetAdder"/>.</exception>
    public static SetMakeResult Extend(SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using (SetShelf shelf = SetShelf.Open(request.Extends, []))
        {
            if (SetAdder.Find(request.Target) is not { } open)
            {
                Begin(shelf, request, progress, cancellationToken);
            }
            else if (!open.Discs.Take(shelf.Table.Discs.Count).Select(disc => disc.Sha256).SequenceEqual(shelf.Table.Discs.Select(disc => disc.Sha256)))
            {
                throw SetFailures.SeveralOpen(request.Target);
            }
        }

        return SetAdder.Close(request with { Rows = null }, progress, cancellationToken);
    }

    private static void Begin(SetShelf shelf, SetMakeRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        SetTable table = shelf.Table;
        SetSource[] parity = [.. shelf.Sources.Where(source => source.Member is SetParity)];
        foreach (SetSource source in parity)
        {
            if (source.Storage is null || !SetPass.IsAsWritten(source, progress, cancellationToken))
            {
                throw SetFailures.Incomplete($"{source.Member.Name} is not there, or not as it was written");
            }
        }

        string name = request.Name ?? Path.GetFileNameWithoutExtension(table.Parity[0].Name);
        using SetSums sums = SetSums.Begin(
            Path.Combine(request.Target, name + SetAdder.SumsSuffix),
            (name, DiscsOf(shelf)),
            (table.Parity.Count, table.Length, (row, position, bytes) => Read(parity[row], position, bytes.Span)),
            cancellationToken);
    }

    // All that volumes list of them, and their digests: the images themselves are not needed.
    private static List<(SummedDisc Disc, PieceSums Pieces)> DiscsOf(SetShelf shelf)
    {
        using SetHeads heads = new(shelf);
        IReadOnlyList<ParFile> files = heads.Any?.Files ?? throw SetFailures.Incomplete("no volume lists its discs");
        List<(SummedDisc, PieceSums)> discs = [];
        foreach (SetSource source in shelf.Sources.Where(source => source.Member is SetDisc))
        {
            SetDisc disc = (SetDisc)source.Member;
            if (source.Digests is null || !disc.Coefficients.AsSpan().SequenceEqual(SetCode.Coefficients(shelf.Table.Parity.Count, discs.Count)))
            {
                throw SetFailures.Incomplete($"the digests of {disc.Name} are not there, or its coefficients are not those of its place");
            }

            discs.Add((new(discs.Count, files[discs.Count], disc.Sha256, disc.Inner), source.Digests));
        }

        return discs;
    }

    private static void Read(SetSource source, long position, Span<byte> bytes)
    {
        if (source.Storage!.Read(source.Offset + position, bytes) < bytes.Length)
        {
            throw SetFailures.Unreadable(source.Path!, source.Offset + position);
        }
    }
}
