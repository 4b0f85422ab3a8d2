// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Which unreadable sectors no data can be on, and what is thought of the others.</summary>
internal sealed record Judgement
{
    /// <summary>Unreadable sectors at the end, behind all that is on the disc; empty where there are none.</summary>
    public SectorRange RunOut { get; init; }

    /// <summary>What lies between sessions, with the run-out of the session in front of it.</summary>
    public IReadOnlyList<SectorRange> OffTrack { get; init; } = [];

    /// <summary>What seems to have made sectors unreadable on purpose; null where nothing is suspected.</summary>
    public string? SuspectedProtection { get; init; }
}
