// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Health;

namespace Spindle.Parity;

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

    /// <summary>Threads at most, at least 1; each takes about 20 MiB.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
