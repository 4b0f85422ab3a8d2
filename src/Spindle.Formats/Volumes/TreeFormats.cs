// SPDX-License-Identifier: MIT
using Spindle.Formats.Hfs;
using Spindle.Formats.HfsPlus;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Formats.Volumes;

/// <summary>Every tree that a disc can have. Another format is its folder, its <see cref="VolumeView"/>, and one line here.</summary>
public static class TreeFormats
{
    /// <summary>All of them, the best one first.</summary>
    internal static IReadOnlyList<TreeFormat> All { get; } =
    [
        new(VolumeView.Udf, contents => contents.Udf is { } udf ? UdfTree.Open(contents.Medium, udf, contents.Findings) : null)
        {
            Rules = UdfRules.All,
            LosesNames = [UdfRules.DirectoryReadable, UdfRules.FileEntryReadable],
            LosesDescriptions = [UdfRules.LinkReadable, UdfRules.StreamsReadable],
        },
        new(VolumeView.RockRidge, contents => contents.OpenIso(VolumeView.RockRidge, contents.Iso.Primary))
        {
            Rules = [.. Iso9660Rules.All, .. RockRidgeRules.All],
            LosesNames =
            [
                Iso9660Rules.DirectoryReadable, Iso9660Rules.RecordWithinSector, Iso9660Rules.IdentifierWithinRecord,
                RockRidgeRules.RelocationLeadsToDirectory, RockRidgeRules.ContinuationReadable, RockRidgeRules.TextEnds,
            ],
        },
        OfIso(VolumeView.Joliet, contents => contents.OpenIso(VolumeView.Joliet, contents.Iso.Joliet)),
        OfIso(VolumeView.Enhanced, contents => contents.OpenIso(VolumeView.Enhanced, contents.Iso.Enhanced)),
        OfIso(VolumeView.Iso9660, contents => contents.OpenIso(VolumeView.Iso9660, contents.Iso.Primary)),
        OfIso(VolumeView.HighSierra, contents => contents.OpenHighSierra()),
        OfApple(VolumeView.HfsPlus, contents => FirstOf(contents, header => header.IsPlus, HfsPlusTree.Open)),
        OfApple(VolumeView.Hfs, contents => FirstOf(contents, header => !header.IsPlus && !header.IsMfs, HfsTree.Open)),
    ];

    /// <summary>Whether a tree is one for Macintosh: it may have other files than those for everybody.</summary>
    public static bool IsApple(this VolumeView view) => Of(view).IsApple;

    internal static TreeFormat Of(VolumeView view) => All.First(format => format.View == view);

    private static TreeFormat OfIso(VolumeView view, Func<DiscContents, FileTree?> open) => new(view, open)
    {
        Rules = Iso9660Rules.All,
        LosesNames = [Iso9660Rules.DirectoryReadable, Iso9660Rules.RecordWithinSector, Iso9660Rules.IdentifierWithinRecord],
    };

    private static TreeFormat OfApple(VolumeView view, Func<DiscContents, FileTree?> open) => new(view, open)
    {
        IsApple = true,
        Rules = HfsRules.All,
        LosesNames = [HfsRules.NodeReadable, HfsRules.RecordWithinNode, HfsRules.NodesEnd, HfsRules.EntriesCounted],
        LosesDescriptions = [HfsRules.LinkReadable, HfsRules.HardLinkReadable],
    };

    private static FileTree? FirstOf(DiscContents contents, Func<HfsHeader, bool> isIt, Func<Medium, HfsHeader, Findings, FileTree?> open) =>
        contents.HfsVolumes.Where(isIt).Select(header => open(contents.Medium, header, contents.Findings)).FirstOrDefault(tree => tree is not null);
}

/// <summary>A tree that a disc can have.</summary>
/// <param name="View">What it is called.</param>
/// <param name="Open">Opens it; null where the disc does not have it, or its root can't be read.</param>
internal sealed record TreeFormat(VolumeView View, Func<DiscContents, FileTree?> Open)
{
    /// <summary>Whether it is one for Macintosh.</summary>
    public bool IsApple { get; init; }

    /// <summary>What can be wrong with it.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>Those of <see cref="Rules"/> of which a breach leaves names out of the tree: whoever lists it must say so.</summary>
    public required IReadOnlyList<Rule> LosesNames { get; init; }

    /// <summary>Those of <see cref="Rules"/> of which a breach leaves something out of what is said of an entry that is named.</summary>
    public IReadOnlyList<Rule> LosesDescriptions { get; init; } = [];
}
