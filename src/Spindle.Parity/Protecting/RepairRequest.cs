// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Health;

namespace Spindle.Parity.Protecting;

/// <summary>What to mend, and where to.</summary>
public sealed record RepairRequest
{
    /// <summary>Path of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Path of the file of parity; null where the parity is within the image. It is mended in place, too.</summary>
    public string? ParityFile { get; init; }

    /// <summary>Path of the mended image; null to mend the image itself, under a journal.</summary>
    public string? Target { get; init; }

    /// <summary>Whether <see cref="Target"/> may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the image itself may be mended by parity that seems to be another image's.</summary>
    public bool AcceptsAnother { get; init; }

    /// <summary>What a rescue knows of the image's sectors of 2048 bytes: those that are not finished count as missing.</summary>
    public SectorMap? Map { get; init; }

    /// <summary>Whether sectors that can be restored, but with nothing left over to prove it by, are left as they are.</summary>
    public bool WritesProvenOnly { get; init; }

    /// <summary>Where verdicts begin.</summary>
    public HealthThresholds Thresholds { get; init; } = HealthThresholds.Usual;

    /// <summary>Threads at most, at least 1; each takes about 20 MiB.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
