// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Formats.Holdings;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Discs;

/// <summary>What kinds of disc a collection has. Discs of an archive are what the names of their files say.</summary>
internal static class DiscKinds
{
    /// <summary>The words that kinds are called by, the most telling first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ContentKind>().Select(JsonForm.Word)];

    /// <summary>Refuses a word that is none of them.</summary>
    public static void Require(string? kind)
    {
        if (kind is not null && !All.Contains(kind))
        {
            throw Usage.Error($"'{kind}' is no kind of disc", $"one of {string.Join(", ", All)}");
        }
    }

    /// <summary>The kinds of an archive's discs. Every name in the catalogue is looked at; of a disc whose names it does not know, nobody knows.</summary>
    public static Dictionary<int, IReadOnlyList<string>> OfArchive(DiscStore store, IEnumerable<DiscRecord> discs)
    {
        Dictionary<int, Dictionary<FileClass, FileCount>> counts = [];
        foreach ((int disc, string name, long size) in store.FileNames())
        {
            if (!counts.TryGetValue(disc, out Dictionary<FileClass, FileCount>? files))
            {
                counts.Add(disc, files = []);
            }

            FileClass one = FileClasses.Of(name);
            files[one] = files.GetValueOrDefault(one) + new FileCount(1, size);
        }

        return discs.ToDictionary(disc => disc.Number, disc => (IReadOnlyList<string>)[.. counts.TryGetValue(disc.Number, out Dictionary<FileClass, FileCount>? files)
            ? DiscHoldings.KindsOf(files).Select(JsonForm.Word)
            : [JsonForm.Word(ContentKind.Unknown)]]);
    }

    /// <summary>How many there are of each kind; a disc counts under each that it is.</summary>
    /// <param name="discs">Discs of an archive, each as its kinds.</param>
    /// <param name="images">Discs that were imaged, likewise; without any where nobody has looked.</param>
    public static IReadOnlyList<KindPart> Table(IEnumerable<IReadOnlyList<string>> discs, IEnumerable<IReadOnlyList<string>> images)
    {
        string[] ofDiscs = [.. discs.SelectMany(kinds => kinds)];
        string[] ofImages = [.. images.SelectMany(kinds => kinds.Count > 0 ? kinds : [JsonForm.Word(ContentKind.Unknown)])];
        return [.. All.Select(kind => new KindPart(kind, ofDiscs.Count(one => one == kind), ofImages.Count(one => one == kind))).Where(kind => kind.Discs + kind.Images > 0)];
    }
}

/// <summary>How many discs there are of a kind.</summary>
/// <param name="Kind">Such as <c>dvd-video</c>.</param>
/// <param name="Discs">Discs of the archive.</param>
/// <param name="Images">Discs that were imaged.</param>
public sealed record KindPart(string Kind, int Discs, int Images);
