// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Documents;
using Spindle.Formats.Analysis;
using Spindle.Media;

namespace Spindle.Restoring.Verifying;

/// <summary>What is to be verified.</summary>
public sealed record VerifyRequest
{
    /// <summary>Images, drives, mounted discs, and folders of such.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Which share of a disc's files to read, above 0 and up to 1; the next sample goes on where this one ends.</summary>
    public double Share { get; set; } = 1;

    /// <summary>The catalogue that remembers what was found; null for none.</summary>
    public string? Catalogue { get; init; }
}

/// <summary>What was found on all discs.</summary>
/// <param name="Discs">The discs, in the order of the sources.</param>
/// <param name="Refused">Sources that are no disc of an archive, or could not be read to their end.</param>
/// <param name="Concerns">What could not be entered in the catalogue, and images of other discs in folders.</param>
/// <param name="Missing">Discs that belong to the sets and are not there; none where each disc was named by itself.</param>
public sealed record VerifyResult(IReadOnlyList<VerifiedDisc> Discs, IReadOnlyList<Failure> Refused, IReadOnlyList<Failure> Concerns, IReadOnlyList<MissingDisc> Missing);

/// <summary>A disc that others tell of, and that is not there.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Label">Name of its volume, or what its owner calls it.</param>
/// <param name="WasWritten">Whether it is known to have been written; null where it is only known to have been planned with one that was.</param>
public sealed record MissingDisc(int Number, string Label, bool? WasWritten);

/// <summary>What was found on a disc.</summary>
/// <param name="Identity">Which disc it is.</param>
/// <param name="Source">The path that was read.</param>
/// <param name="FilesWhole">Files that are what was archived, the disc's own lists among them.</param>
/// <param name="FilesNotChecked">Files that a sample left out.</param>
/// <param name="Damaged">The files that are not.</param>
/// <param name="Structure">Of an image or drive; null for a mounted disc.</param>
/// <param name="HasParityHeader">Whether the header of the check data is there and right; null where the disc has none, and for a mounted disc.</param>
public sealed record VerifiedDisc(
    DiscIdentity Identity,
    string Source,
    long FilesWhole,
    long FilesNotChecked,
    IReadOnlyList<FileDamage> Damaged,
    DiscAnalysis? Structure,
    bool? HasParityHeader)
{
    /// <summary>Whether nothing was found wrong with what was checked.</summary>
    public bool IsWhole => Damaged.Count == 0 && HasParityHeader != false && Structure is null or { ContainsKnownFileSystem: true, SmallerThanExpected: false, Findings.Items.Count: 0 };
}

/// <summary>A file that is not what was archived.</summary>
/// <param name="Path">From the disc's root.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Why">The same for people, with what there is to know.</param>
/// <param name="Ranges">Its bytes that could not be read.</param>
public sealed record FileDamage(string Path, DamageKind Kind, string Why, IReadOnlyList<ByteRange> Ranges);

/// <summary>What may be wrong with a file.</summary>
public enum DamageKind
{
    /// <summary>All of it can be read, and has another hash.</summary>
    Differs,

    /// <summary>No directory of the disc shows it.</summary>
    Missing,

    /// <summary>Some of it can't be read.</summary>
    Unreadable,

    /// <summary>A list of the disc does not agree with another one, or with the catalogue.</summary>
    List,
}
