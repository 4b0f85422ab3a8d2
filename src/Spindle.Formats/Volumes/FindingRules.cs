// SPDX-License-Identifier: MIT
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.ElTorito;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Volumes;

/// <summary>Every rule that a finding can be about. docs/findings.md explains them; a test compares the two.</summary>
public static class FindingRules
{
    /// <summary>All rules, by format.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [.. VolumeRules.All, .. TreeFormats.All.SelectMany(format => format.Rules).Distinct(), .. ElToritoRules.All, .. AppleRules.All];
}
