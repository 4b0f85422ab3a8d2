// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;

namespace Spindle.Imaging;

/// <summary>One pass over a disc, or over what is missing of it, with what it gave.</summary>
public sealed record RescuePass
{
    /// <summary>What it was for: copying, trimming, scraping or retrying.</summary>
    public required RescueStatus Phase { get; init; }

    /// <summary>Its number within that phase, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it went from the end to the start.</summary>
    public bool IsBackwards { get; init; }

    /// <summary>Reads asked of the drive.</summary>
    public required long Reads { get; init; }

    /// <summary>Of these, reads that failed.</summary>
    public required long FailedReads { get; init; }

    /// <summary>Sectors that the drive gave.</summary>
    public required long SectorsRead { get; init; }

    /// <summary>Time that the drive took for them.</summary>
    public required TimeSpan Duration { get; init; }
}
