// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Protecting;

/// <summary>What to protect, and how.</summary>
public sealed record ProtectRequest
{
    /// <summary>Path of the image.</summary>
    public required string Image { get; init; }

    /// <summary>Path of the protected image; null to add the parity to the image itself, under a journal.</summary>
    public string? Target { get; init; }

    /// <summary>Path of a file to make that holds the parity alone; the image is not changed then. Null for parity within the image.</summary>
    public string? ParityFile { get; init; }

    /// <summary>Whether <see cref="Target"/> or <see cref="ParityFile"/> may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How much parity.</summary>
    public Redundancy Redundancy { get; init; } = Redundancy.Automatic;

    /// <summary>Threads at most, at least 1; each takes about 20 MiB.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
