// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Health;

namespace Spindle.Parity.Protecting;

/// <summary>What to check.</summary>
public sealed record CheckRequest
{
    /// <summary>Path of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Path of the file of parity; null where the parity is within the image.</summary>
    public string? ParityFile { get; init; }

    /// <summary>What a rescue knows of the image's sectors of 2048 bytes: those that are not finished count as missing.</summary>
    public SectorMap? Map { get; init; }

    /// <summary>Where verdicts begin.</summary>
    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Usual;

    /// <summary>
    /// Whether to read from front to back in any case, as a drive must be: else a very large file is looked at block by block, all over it.
    /// Five bytes are kept of each sector then: 70 MB for a Blu-ray disc of one layer, 340 MB for one of 128 GB.
    /// </summary>
    public bool IsInOrder { get; init; }

    /// <summary>Threads at most, at least 1; each takes about 20 MiB.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
