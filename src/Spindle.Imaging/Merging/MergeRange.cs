// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>Neighbouring sectors of a merged image that came from the same copies.</summary>
/// <param name="Range">Which sectors.</param>
/// <param name="Sources">The copies that have these very bytes, by their place in the request, from 0; empty where there are none.</param>
/// <param name="Dissenters">The copies that have others; empty where all agree.</param>
public sealed record MergeRange(SectorRange Range, IReadOnlyList<int> Sources, IReadOnlyList<int> Dissenters)
{
    /// <summary>Whether copies disagree here.</summary>
    public bool IsConflict => Dissenters.Count > 0;
}
