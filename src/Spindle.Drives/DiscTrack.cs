// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>A track of a disc.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Session">The session that it is in, from 1.</param>
/// <param name="IsData">Whether it holds data, and no sound.</param>
/// <param name="Range">Its sectors: to the next track, or to the pause in front of that where sound follows data, or to the end of its session.</param>
public sealed record DiscTrack(int Number, int Session, bool IsData, SectorRange Range)
{
    /// <summary>Whether nothing is written in it.</summary>
    public bool IsBlank { get; init; }

    /// <summary>Whether it is written in packets.</summary>
    public bool IsPacket { get; init; }
}
