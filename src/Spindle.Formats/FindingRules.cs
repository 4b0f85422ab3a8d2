// SPDX-License-Identifier: MIT
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.ElTorito;
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;

namespace Spindle.Formats;

/// <summary>Every rule that a finding can be about. docs/findings.md explains them; a test compares the two.</summary>
public static class FindingRules
{
    /// <summary>All rules, by format.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. VolumeRules.All, .. Iso9660Rules.All, .. RockRidgeRules.All, .. ElToritoRules.All, .. UdfRules.All, .. AppleRules.All, .. HfsRules.All,
    ];
}
