// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Archiving.Scanning;

/// <summary>What a scan found.</summary>
/// <param name="Sources">Each source by itself.</param>
public sealed record ScanResult(IReadOnlyList<SourceScan> Sources)
{
    /// <summary>Whether everything could be read.</summary>
    public bool IsWhole => Sources.All(source => source.ProblemCount == 0);

    /// <summary>Whether the catalogue knows other files than before.</summary>
    public bool HasChanges => Sources.Any(source => source.Changes != default);
}

/// <summary>What was found in one source.</summary>
public sealed record SourceScan
{
    /// <summary>The number of the scan: a point in time.</summary>
    public required long Scan { get; init; }

    /// <summary>The directory that was walked, as an absolute path.</summary>
    public required string Source { get; init; }

    /// <summary>Where it stands in the archive; empty: at its root.</summary>
    public required string Prefix { get; init; }

    /// <summary>It went on with a scan that had been cut off.</summary>
    public bool IsResumed { get; init; }

    /// <summary>What there is.</summary>
    public ScanTotals Totals { get; init; }

    /// <summary>What is different from the scan before.</summary>
    public ScanChanges Changes { get; init; }

    /// <summary>Files that were read.</summary>
    public long FilesRead { get; init; }

    /// <summary>Bytes that were read.</summary>
    public long BytesRead { get; init; }

    /// <summary>How many names could not be read, or changed while they were read.</summary>
    public long ProblemCount { get; init; }

    /// <summary>The first of them; all are in the catalogue, their content missing or flagged.</summary>
    public IReadOnlyList<Failure> Problems { get; init; } = [];

    /// <summary>What is worth knowing, and no problem.</summary>
    public IReadOnlyList<Failure> Concerns { get; init; } = [];

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>What there is in a source.</summary>
/// <param name="Files">Regular files, by name.</param>
/// <param name="Directories">Directories below the source.</param>
/// <param name="Others">Links and special files.</param>
/// <param name="Bytes">Of all files, by name.</param>
public readonly record struct ScanTotals(long Files, long Directories, long Others, long Bytes);

/// <summary>What is different from the scan before, counted in names.</summary>
/// <param name="Added">Names that are new.</param>
/// <param name="Changed">Names that stand for something else than before, or with other attributes.</param>
/// <param name="Moved">Files that had another name before.</param>
/// <param name="Deleted">Names that are gone.</param>
public readonly record struct ScanChanges(long Added, long Changed, long Moved, long Deleted);
