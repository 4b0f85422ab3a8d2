// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Analysis;

/// <summary>What to analyse, and how far to go.</summary>
public sealed record AnalysisOptions
{
    /// <summary>First sector of the session, in sectors of 2048 bytes from the start of the disc; null for the medium's own.</summary>
    public long? SessionStart { get; init; }

    /// <summary>First sector behind the session, from the start of the disc: an earlier session of UDF ends there; null for the end of the medium.</summary>
    public long? SessionEnd { get; init; }

    /// <summary>Which sector of its disc the medium begins with, in sectors of 2048 bytes.</summary>
    public long MediumStart { get; init; }

    /// <summary>Whether to walk every tree and check names, extents and path tables. Default: yes.</summary>
    public bool VerifyTrees { get; init; } = true;

    /// <summary>Is told of each entry of each tree, as they are walked: whoever wants to know what is there need not walk again.</summary>
    public Action<VolumeView, VolumeEntry>? Seen { get; init; }
}
