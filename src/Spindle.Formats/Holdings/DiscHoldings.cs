// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;

namespace Spindle.Formats.Holdings;

/// <summary>What a disc holds: a judgement of tables of contents and of names, with what it rests on.</summary>
public sealed record DiscHoldings
{
    // Of the files that are not for players, or of their bytes: a few words beside a thousand pictures don't make a disc one of data.
    private const int SmallestShare = 10;

    /// <summary>What it is, the most telling first; never none.</summary>
    public required IReadOnlyList<ContentKind> Kinds { get; init; }

    /// <summary>Whether all names of the disc could be read: if not, there may be more on it than is told.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Its files by their class, but for those of players; a class that it has not is left out.</summary>
    public required IReadOnlyDictionary<FileClass, FileCount> Files { get; init; }

    /// <summary>The files that are parts of what it has for players.</summary>
    public required FileCount ForPlayers { get; init; }

    /// <summary>What it has for players.</summary>
    public required PlayerContents Players { get; init; }

    /// <summary>Judges.</summary>
    /// <param name="players">What the tables of contents tell.</param>
    /// <param name="files">The files that an analysis came to.</param>
    /// <param name="analysis">That analysis.</param>
    public static DiscHoldings Of(PlayerContents players, FileTally files, DiscAnalysis analysis)
    {
        List<ContentKind> kinds = [.. players.Kinds];
        (IReadOnlyDictionary<FileClass, FileCount> counts, FileCount forPlayers) = files.Of(PlayerFolders.Of(kinds));
        kinds.AddRange(KindsOf(counts));
        bool isComplete = analysis.Views.Count > 0 && !analysis.LosesFiles;
        if (kinds.Count == 0)
        {
            kinds.Add(isComplete && forPlayers.Files == 0 ? ContentKind.Empty : ContentKind.Unknown);
        }

        return new() { Kinds = kinds, IsComplete = isComplete, Files = counts, ForPlayers = forPlayers, Players = players };
    }

    /// <summary>What a disc is by the classes of its files: those that are a tenth of them or more, or of their bytes; the one with the most bytes first.</summary>
    public static IEnumerable<ContentKind> KindsOf(IReadOnlyDictionary<FileClass, FileCount> files)
    {
        FileCount all = files.Values.Aggregate(default(FileCount), (sum, count) => sum + count);
        return files.Where(count => IsMuch(count.Value, all)).OrderByDescending(count => count.Value.Bytes).ThenBy(count => count.Key).Select(count => KindOf(count.Key));
    }

    private static bool IsMuch(FileCount count, FileCount all) => count.Files >= (all.Files + SmallestShare - 1) / SmallestShare || (count.Bytes > 0 && count.Bytes >= all.Bytes / SmallestShare);

    private static ContentKind KindOf(FileClass files) => files switch
    {
        FileClass.Pictures => ContentKind.Pictures,
        FileClass.Sound => ContentKind.Sound,
        FileClass.Video => ContentKind.Video,
        FileClass.Software => ContentKind.Software,
        _ => ContentKind.Data,
    };
}
