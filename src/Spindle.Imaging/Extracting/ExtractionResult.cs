// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Extracting;

/// <summary>What was taken out of a disc.</summary>
public sealed record ExtractionResult
{
    /// <summary>Files written whole.</summary>
    public required long Files { get; init; }

    /// <summary>Directories made, or there already.</summary>
    public required long Directories { get; init; }

    /// <summary>Symbolic links made.</summary>
    public required long Symlinks { get; init; }

    /// <summary>Files <c>._NAME</c> written whole, with resource forks or what the Finder keeps.</summary>
    public long Forks { get; init; }

    /// <summary>Resource forks that were left out because they were not asked for.</summary>
    public long ForksLeftOut { get; init; }

    /// <summary>Bytes of the files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files of which not all could be read: they end with <c>.damaged</c>, and zeros stand for what is missing.</summary>
    public required IReadOnlyList<DamagedFile> Damaged { get; init; }

    /// <summary>What was not written, each with why.</summary>
    public required IReadOnlyList<Failure> Skipped { get; init; }

    /// <summary>What else may be worth knowing: other trees of the disc that have more.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <summary>Whether all that was meant was written whole.</summary>
    public bool IsWhole => Damaged.Count == 0 && Skipped.Count == 0;
}
