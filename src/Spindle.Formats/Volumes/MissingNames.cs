// SPDX-License-Identifier: MIT
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Udf;

namespace Spindle.Formats.Volumes;

/// <summary>The rules of which a breach leaves names out of a tree: whoever lists it must say so.</summary>
internal static class MissingNames
{
    public static IReadOnlySet<Rule> Rules { get; } = new HashSet<Rule>
    {
        Iso9660Rules.DirectoryReadable, Iso9660Rules.RecordWithinSector, Iso9660Rules.IdentifierWithinRecord, RockRidgeRules.RelocationLeadsToDirectory,
        RockRidgeRules.ContinuationReadable, RockRidgeRules.TextEnds,
        UdfRules.DirectoryReadable, UdfRules.FileEntryReadable, HfsRules.NodeReadable, HfsRules.RecordWithinNode, HfsRules.NodesEnd, HfsRules.EntriesCounted,
        VolumeRules.DirectoriesBounded, VolumeRules.DepthBounded, VolumeRules.ReadingBounded,
    };

    /// <summary>The rules of which a breach leaves something out of what is said of an entry that is named.</summary>
    public static IReadOnlySet<Rule> LostDescriptions { get; } = new HashSet<Rule>
    {
        UdfRules.LinkReadable, HfsRules.LinkReadable, HfsRules.HardLinkReadable,
    };
}
