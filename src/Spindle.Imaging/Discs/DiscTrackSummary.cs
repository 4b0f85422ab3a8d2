// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Discs;

/// <summary>A track of a disc.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Session">The session that it is in, from 1.</param>
/// <param name="IsData">Whether it holds data, and no sound.</param>
/// <param name="Range">Its sectors, counted from the start of the disc.</param>
/// <param name="Title">What CD-Text calls it; null where it has no name.</param>
public sealed record DiscTrackSummary(int Number, int Session, bool IsData, SectorRange Range, string? Title);
