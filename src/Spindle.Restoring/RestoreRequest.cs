// SPDX-License-Identifier: MIT
namespace Spindle.Restoring;

/// <summary>What is to be got back, from what, to where.</summary>
public sealed record RestoreRequest
{
    /// <summary>Images, drives, mounted discs, or folders of such; copies of one disc may be among them. Empty where all discs are brought.</summary>
    public IReadOnlyList<string> Sources { get; set; } = [];

    /// <summary>The directory below which the archive's tree is made again. Nothing is ever written outside it.</summary>
    public required string Target { get; init; }

    /// <summary>What to restore: see <see cref="Files.Patterns.PathPattern"/>. Empty for everything.</summary>
    public IReadOnlyList<string> Patterns { get; set; } = [];

    /// <summary>Contents, by their numbers in the catalogue, to restore instead of names: each once, under a name that it has, or had.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyCollection<long> Contents { get; init; } = [];

    /// <summary>The archive as that scan found it; null for the newest.</summary>
    public long? Scan { get; init; }

    /// <summary>The archive as the last scan before that time found it; null for the newest.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Whether files that are there, and are not what the archive holds, are replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Only find out what it would take.</summary>
    public bool DryRun { get; init; }
}

/// <summary>A disc that is needed.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Label">Name of its volume, or what its owner calls it.</param>
/// <param name="Places">Where its copies are kept, as far as that is known.</param>
/// <param name="Files">Names that can be restored from it.</param>
/// <param name="Bytes">Bytes to be read from it.</param>
/// <param name="IsAtHand">Whether it is among the sources.</param>
public sealed record DiscWanted(int Number, string Label, IReadOnlyList<string> Places, long Files, long Bytes, bool IsAtHand);
