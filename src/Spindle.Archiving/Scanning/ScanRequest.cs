// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Scanning;

/// <summary>What to scan, and how.</summary>
public sealed record ScanRequest
{
    /// <summary>The directories to walk. One stands at the archive's root, of several each under its own name.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Take SHA-512, too; a catalogue that has it keeps having it.</summary>
    public bool WithSha512 { get; init; }

    /// <summary>What to leave out, by the rules of gitignore(5), seen from each source; the last that matches decides.</summary>
    public IReadOnlyList<string> Excludes { get; set; } = [];

    /// <summary>Don't go into directories on which other file systems are mounted.</summary>
    public bool OneFileSystem { get; init; }

    /// <summary>Files read at the same time, from 1; null: one on a rotating disk, else one for each processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Read every file, changed or not.</summary>
    public bool Rehash { get; init; }

    /// <summary>A name for the archive; null leaves the one that it has.</summary>
    public string? Job { get; init; }

    /// <summary>Whose archive it is; null leaves what the catalogue says.</summary>
    public string? Client { get; init; }

    /// <summary>Where in the archive the source stands, such as <c>photos/2024</c>; null: where it stood, or as said at <see cref="Sources"/>.</summary>
    public string? Prefix { get; init; }

    /// <summary>The source is the same tree as the one that stood there, at another place.</summary>
    public bool ReplacesSource { get; init; }
}
