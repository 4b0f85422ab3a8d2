// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Which disc to write, and where to.</summary>
public sealed record WriteRequest
{
    /// <summary>The disc's number.</summary>
    public required int Disc { get; init; }

    /// <summary>The directory that the image comes into; it must exist.</summary>
    public required string Directory { get; init; }

    /// <summary>Whether an image that is there is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the written image is read again from storage.</summary>
    public bool ReadBack { get; init; } = true;

    /// <summary>Whether the disc is added to the sums of its set, if it has one.</summary>
    public bool AddsToSet { get; init; } = true;

    /// <summary>Whether everything but the writing is done.</summary>
    public bool DryRun { get; init; }
}

/// <summary>What writing a disc came to.</summary>
public sealed record WriteResult
{
    /// <summary>The disc, as the catalogue now knows it.</summary>
    public required DiscRecord Disc { get; init; }

    /// <summary>The image; where it is not good, what there is of it: its name ends in <c>.part</c>. Null where nothing was written.</summary>
    public required string? Image { get; init; }

    /// <summary>SHA-256 of the image; null where nothing was written.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the image was read again from storage, and agreed.</summary>
    public bool IsReadBack { get; init; }

    /// <summary>Whether the image was there already, and nothing had to be done.</summary>
    public bool WasThere { get; init; }

    /// <summary>Files that are not as the catalogue says. With any, the image is not good.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; init; } = [];

    /// <summary>Whether there is a good image, or there would be one.</summary>
    public bool IsGood => Problems.Count == 0;
}

/// <summary>A file that could not be brought onto a disc as it was catalogued.</summary>
/// <param name="Path">Where it was sought.</param>
/// <param name="Failure">What is wrong: <c>content-changed</c>, <c>content-missing</c> or <c>content-unreadable</c>.</param>
public sealed record SourceProblem(string Path, Failure Failure);
