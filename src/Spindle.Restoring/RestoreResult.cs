// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;
using Spindle.Media;

namespace Spindle.Restoring;

/// <summary>What was got back.</summary>
public sealed record RestoreResult
{
    /// <summary>Files that are there and are right, each name once.</summary>
    public required long FilesRestored { get; init; }

    /// <summary>How many of them were there already.</summary>
    public required long FilesPresent { get; init; }

    /// <summary>Directories, links and special files.</summary>
    public required long OthersRestored { get; init; }

    /// <summary>Bytes of the files that were written.</summary>
    public required long Bytes { get; init; }

    /// <summary>Discs that were read, in their order.</summary>
    public required IReadOnlyList<DiscWanted> DiscsUsed { get; init; }

    /// <summary>Discs that were needed and not at hand; on a dry run those that will be asked for.</summary>
    public required IReadOnlyList<DiscWanted> DiscsMissing { get; init; }

    /// <summary>Files that no disc at hand has.</summary>
    public required IReadOnlyList<MissingFile> Missing { get; init; }

    /// <summary>Files that could not be read whole, or are not what was archived. What could be had is beside them, as <c>NAME.damaged</c>.</summary>
    public required IReadOnlyList<DamagedFile> Damaged { get; init; }

    /// <summary>Files that are neither restored nor missing nor damaged: the target did not take them, or something else has their name.</summary>
    public long NotRestored { get; init; }

    /// <summary>The same of directories, links and special files.</summary>
    public long OthersNotRestored { get; init; }

    /// <summary>Names that are others in the target, for it does not take them, or takes them for those of others: the first thousand.</summary>
    public IReadOnlyList<RestoredAs> Renamed { get; init; } = [];

    /// <summary>How many there are of them.</summary>
    public long NamesChanged { get; init; }

    /// <summary>What else could not be done, each with why.</summary>
    public required IReadOnlyList<Failure> Problems { get; init; }

    /// <summary>Sources that could not be used, and what was noticed about the catalogue.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <summary>Which catalogue was followed.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Whether nothing was written.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether all that was asked for is there.</summary>
    public bool IsWhole => Missing.Count == 0 && Damaged.Count == 0 && NotRestored == 0 && OthersNotRestored == 0 && NamesChanged == 0 && Problems.Count == 0;
}

/// <summary>A file that could not be restored.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Discs">The discs that would be needed; none where it never came onto one.</param>
/// <param name="Ranges">Bytes that are missing, where it was restored in part; else none.</param>
public sealed record MissingFile(string Path, long Size, IReadOnlyList<int> Discs, IReadOnlyList<ByteRange> Ranges);

/// <summary>A name that is another one in the target.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="As">From the target's root, as it is called there.</param>
public sealed record RestoredAs(string Path, string As);

/// <summary>A file whose disc is damaged.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Disc">The disc.</param>
/// <param name="Ranges">Bytes that could not be read; none where all could, and are not those that were archived.</param>
/// <param name="Kept">What could be had of it, from the target's root; null where nothing is kept.</param>
public sealed record DamagedFile(string Path, long Size, int Disc, IReadOnlyList<ByteRange> Ranges, string? Kept);
