// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>A session of a disc: what was written and closed together.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Tracks">Its tracks in order, one at least.</param>
public sealed record DiscSession(int Number, IReadOnlyList<DiscTrack> Tracks)
{
    /// <summary>From its first track to its lead-out.</summary>
    public SectorRange Range => SectorRange.Between(Tracks[0].Range.Start, Tracks[^1].Range.End);

    /// <summary>Its first track of data that something is written in; null where there is none.</summary>
    public DiscTrack? FirstData => Tracks.FirstOrDefault(track => track.IsData && !track.IsBlank);
}
