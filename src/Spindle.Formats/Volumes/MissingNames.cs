// SPDX-License-Identifier: MIT
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Formats.Volumes;

/// <summary>The rules of which a breach leaves names out of a tree: whoever lists it must say so.</summary>
internal static class MissingNames
{
    public static IReadOnlySet<Rule> Rules { get; } = new HashSet<Rule>(
        TreeFormats.All.SelectMany(format => format.LosesNames).Concat([VolumeRules.DirectoriesBounded, VolumeRules.DepthBounded, VolumeRules.ReadingBounded]));

    /// <summary>Whether a tree that would have been shown before another one is lost, or what is shown is not the newest of it.</summary>
    /// <param name="finding">What was found when the volume was opened.</param>
    /// <param name="shown">The view that is shown.</param>
    /// <param name="isBest">Whether it is shown as the best, and not because it was asked for.</param>
    public static bool IsOfLostTree(Finding finding, VolumeView shown, bool isBest)
    {
        Rule rule = finding.Rule;
        return rule == UdfRules.VirtualTablePresent ? shown == VolumeView.Udf || isBest
            : rule == HfsRules.NodeReadable ? shown.IsApple()
            : isBest && (rule == UdfRules.FileSetPresent || rule == UdfRules.AnchorsPresent ? shown != VolumeView.Udf
                : (rule == Iso9660Rules.PrimaryPresent || rule == Iso9660Rules.DescriptorReadable) && shown is not (VolumeView.Udf or VolumeView.RockRidge));
    }

    /// <summary>The rules of which a breach leaves something out of what is said of an entry that is named.</summary>
    public static IReadOnlySet<Rule> LostDescriptions { get; } = new HashSet<Rule>(TreeFormats.All.SelectMany(format => format.LosesDescriptions));
}
