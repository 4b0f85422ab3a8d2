// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>What a reading starts from.</summary>
internal sealed record CopyPlan
{
    /// <summary>What earlier runs have read. Not changed while reading.</summary>
    public required SectorMap Known { get; init; }

    /// <summary>The unfinished image that holds it; null where there is none.</summary>
    public UncachedFile? Kept { get; init; }

    /// <summary>What the medium gave then; null where that was not noted.</summary>
    public PieceDigests? Digests { get; init; }

    /// <summary>Learns how fast the drive reads.</summary>
    public required SlowReads Slow { get; init; }
}
