// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Where reading from front to back has ended: what was read last, and went to nobody yet.</summary>
internal sealed record LinearInterruption
{
    /// <summary>The buffer that was read into.</summary>
    public required SectorBatch Batch { get; init; }

    /// <summary>The sectors that the buffer is for.</summary>
    public required SectorRange Range { get; init; }

    /// <summary>The reads, in order; the last one failed, or took very long.</summary>
    public required IReadOnlyList<TimedRead> Reads { get; init; }
}
