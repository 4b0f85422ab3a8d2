// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Looks at what of a set is at hand: whether it is there, or whether it is what it was.</summary>
public static class SetChecker
{
    /// <summary>Says which members are there. Nothing of them is read.</summary>
    /// <param name="sources">Folders and files.</param>
    /// <exception cref="OperationFailedException">There is no set, or more than one.</exception>
    public static SetCheckResult List(IReadOnlyList<string> sources)
    {
        using SetShelf shelf = SetShelf.Open(sources, []);
        return Result(shelf, source => SetState.There, new(shelf), []);
    }

    /// <summary>Reads all that is at hand: each piece is held against its digest, and where all members are there, parity against the discs.</summary>
    /// <param name="sources">Folders and files.</param>
    /// <param name="progress">Told some times a second.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationFailedException">There is no set, or more than one.</exception>
    public static SetCheckResult Check(IReadOnlyList<string> sources, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        using SetShelf shelf = SetShelf.Open(sources, []);
        SetSource[] there = [.. shelf.Sources.Where(source => source.Storage is not null)];
        SetPass pass = new(shelf);
        pass.TrustByHash(progress, cancellationToken);
        SetRanges damaged = new(shelf);
        foreach (SetSource lost in there.Where(source => source.Storage is null))
        {
            damaged.Add(0, [new(lost.Index, 0, lost.Length)]);
        }

        using SetHeads heads = new(shelf);
        HashSet<int> contradictions = [];
        for (long position = 0; position < shelf.Table.Length; position += pass.Solver.Window)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<SetHole> holes = pass.Read(position);
            damaged.Add(position, holes.Where(hole => shelf.Sources[hole.Member].Storage is not null));
            heads.Take(pass.Solver, position);
            contradictions.UnionWith(holes.Count == 0 ? pass.Solver.Contradictions() : []);
            progress.Report(new("checking", Math.Min(position + pass.Solver.Window, shelf.Table.Length), shelf.Table.Length, WorkProgress.Bytes));
        }

        Failure[] concerns =
        [
            .. heads.Damaged().Where(source => damaged.Of(source.Index).Count == 0).Select(source => SetFailures.DamagedHead(source.Member.Name)),
            .. contradictions.Order().Select(row => SetFailures.Contradicts(shelf.Table.Parity[row].Name)),
        ];
        return Result(shelf, source => damaged.Of(source.Index).Count == 0 ? SetState.Whole : SetState.Damaged, damaged, concerns);
    }

    private static SetCheckResult Result(SetShelf shelf, Func<SetSource, SetState> stateOf, SetRanges damaged, IReadOnlyList<Failure> concerns)
    {
        string[] missing = [.. shelf.Missing.Where(source => source.Path is null).Select(source => source.Member.Name)];
        return new(
            shelf.Table,
            shelf.States(stateOf),
            shelf.MayLose,
            damaged.All,
            shelf.MayLose < 0 ? [SetFailures.TooManyLost(missing, shelf.Table.Parity.Count), .. concerns] : concerns,
            shelf.Others);
    }
}
