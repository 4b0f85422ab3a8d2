// SPDX-License-Identifier: MIT
using Spindle.Archiving.Finding;
using Spindle.Station.Contract;
using Spindle.Station.Discs;

namespace Spindle.Station.Finding;

/// <summary>Files that were found.</summary>
public sealed record FindDocument : Listing<FoundFilePart>
{
    internal FindDocument(FindRequest request, CancellationToken cancellationToken)
        : base(request.Catalogue, catalogue => new FileFinder(catalogue).Find(request).Select(FoundFilePart.Of), cancellationToken)
    {
    }

    /// <summary>The files, in the order of the catalogue.</summary>
    public IEnumerable<FoundFilePart> Matches => Items;

    /// <inheritdoc/>
    protected override string Verb => FindVerb.Name;
}

/// <summary>All versions of a file.</summary>
public sealed record WhereDocument : Document
{
    /// <summary>The versions, the newest first.</summary>
    public required IReadOnlyList<FoundFilePart> Matches { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Matches.Count > 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => WhereVerb.Name;
}

/// <summary>A file, or an earlier version of one.</summary>
/// <param name="Path">From the archive's root, or from that of a disc that was imaged.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal digits; null where it was never read.</param>
/// <param name="Modified">When it was changed last; null where a disc does not say.</param>
/// <param name="FirstScan">The scan that found it; null for discs that were imaged.</param>
/// <param name="GoneScan">The scan that found it gone or changed; null while it is there.</param>
/// <param name="Discs">Where it is; nowhere as long as it is on no disc.</param>
/// <param name="Image">The disc that was imaged and has the file; null for files of the archive.</param>
public sealed record FoundFilePart(
    string Path, long Size, string? Sha256, DateTimeOffset? Modified, long? FirstScan, long? GoneScan, IReadOnlyList<FoundPlacePart> Discs, ImagedDiscPart? Image)
{
    internal static FoundFilePart Of(FoundFile file) => new(
        file.Path,
        file.Size,
        file.Sha256,
        file.Modified,
        file.Imaged is null ? file.FirstScan : null,
        file.GoneScan,
        [.. file.Discs.Select(FoundPlacePart.Of)],
        file.Imaged is { } disc ? ImagedDiscPart.Of(disc) : null);
}

/// <summary>Where a file is.</summary>
/// <param name="Number">Of the disc, from 0.</param>
/// <param name="Label">What the disc is called.</param>
/// <param name="Part">Which part of the file, from 1; null where it is all there.</param>
/// <param name="Offset">Where that part begins in the file, in bytes.</param>
/// <param name="Length">Bytes of the part.</param>
/// <param name="Status">Of the disc: <c>planned</c>, <c>written</c>, <c>imported</c>, <c>told</c>.</param>
/// <param name="LastVerified">When the disc was last read and found whole or damaged (RFC 3339).</param>
/// <param name="Verdict">What was found then.</param>
/// <param name="Copies">The discs in boxes, and where they are kept.</param>
public sealed record FoundPlacePart(
    int Number, string Label, int? Part, long Offset, long Length, string Status, string? LastVerified, string? Verdict, IReadOnlyList<CopyPart> Copies)
{
    internal static FoundPlacePart Of(FoundPlace place) => new(
        place.Disc.Number,
        place.Disc.Label,
        place.Part == 0 ? null : place.Part,
        place.Offset,
        place.Length,
        place.Disc.Status,
        place.Disc.LastVerified,
        place.Disc.Verdict,
        [.. place.Disc.Copies.Select(copy => new CopyPart(copy.Name, copy.Place))]);
}

/// <summary>A disc in a box.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Place">Where it is kept; null where that was not said.</param>
public sealed record CopyPart(string Name, string? Place);
