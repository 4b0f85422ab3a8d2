// SPDX-License-Identifier: MIT
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.ElTorito;
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Formats.Volumes;

/// <summary>Every rule that a finding can be about. docs/findings.md explains them; a test compares the two.</summary>
public static class FindingRules
{
    /// <summary>All rules, by format.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. VolumeRules.All, .. Iso9660Rules.All, .. RockRidgeRules.All, .. ElToritoRules.All, .. UdfRules.All, .. AppleRules.All, .. HfsRules.All,
    ];
}
