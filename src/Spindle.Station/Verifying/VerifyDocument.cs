// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Restoring.Verifying;
using Spindle.Station.Contract;

namespace Spindle.Station.Verifying;

/// <summary>What was found on discs of an archive.</summary>
public sealed record VerifyDocument : Document
{
    /// <summary>The discs, in the order of the sources.</summary>
    public required IReadOnlyList<VerifiedDiscPart> Discs { get; init; }

    /// <summary>Discs that belong to the sets, and are not there.</summary>
    public required IReadOnlyList<MissingDiscPart> Missing { get; init; }

    /// <summary>Sources that are no disc of an archive, or could not be read to their end.</summary>
    public required IReadOnlyList<Failure> Refused { get; init; }

    /// <summary>What could not be entered in the catalogue, and images of other discs in folders.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found =>
        Refused.Count == 0 && Missing.Count == 0 && Discs.All(disc => disc.Verdict == DiscVerdict.Whole) ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => VerifyVerb.Name;

    /// <summary>Tells of a result.</summary>
    public static VerifyDocument Of(VerifyResult result) => new()
    {
        Discs = [.. result.Discs.Select(VerifiedDiscPart.Of)],
        Missing = [.. result.Missing.Select(disc => new MissingDiscPart(disc.Number, disc.Label, disc.WasWritten))],
        Refused = result.Refused,
        Concerns = result.Concerns,
    };
}

/// <summary>Whether anything was found wrong with what was checked.</summary>
[JsonConverter(typeof(JsonForm.Words<DiscVerdict>))]
public enum DiscVerdict
{
    /// <summary>Nothing was.</summary>
    Whole,

    /// <summary>Something was.</summary>
    Damaged,
}

/// <summary>A disc that belongs to a set, and is not there.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Label">Name of its volume, or what its owner calls it.</param>
/// <param name="Written">Whether it is known to have been written; null where it is only known to have been planned with one that was.</param>
public sealed record MissingDiscPart(int Number, string Label, bool? Written);

/// <summary>What was found on a disc.</summary>
/// <param name="Number">From 0; null where the disc does not say which it is.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Uuid">Null where the disc does not say.</param>
/// <param name="Source">The path that was read.</param>
/// <param name="Verdict">The whole of it.</param>
/// <param name="FilesWhole">Files that are what was archived.</param>
/// <param name="FilesDamaged">Files that are not.</param>
/// <param name="FilesNotChecked">Files that a sample left out.</param>
/// <param name="Damaged">The files that are not what was archived.</param>
/// <param name="Findings">What is wrong with its structures.</param>
/// <param name="ParityHeader">The header of its check data; null where it has none, and for a mounted disc.</param>
/// <param name="SizeExpected">Bytes, by what its structures say; null for a mounted disc.</param>
/// <param name="SizeActual">Bytes that there are; null for a mounted disc.</param>
public sealed record VerifiedDiscPart(
    int? Number,
    string Label,
    Guid? Uuid,
    string Source,
    DiscVerdict Verdict,
    long FilesWhole,
    int FilesDamaged,
    long FilesNotChecked,
    IReadOnlyList<DamagedFilePart> Damaged,
    IReadOnlyList<FindingPart> Findings,
    DiscVerdict? ParityHeader,
    long? SizeExpected,
    long? SizeActual)
{
    /// <summary>Findings in all: of many of a kind, not all are told.</summary>
    public long FindingsInAll { get; init; }

    internal static VerifiedDiscPart Of(VerifiedDisc disc) => new(
        disc.Identity.IsKnown ? disc.Identity.Number : null,
        disc.Identity.Label,
        disc.Identity.IsKnown ? disc.Identity.Disc : null,
        disc.Source,
        Of(disc.IsWhole),
        disc.FilesWhole,
        disc.Damaged.Count,
        disc.FilesNotChecked,
        [.. disc.Damaged.Select(file => new DamagedFilePart(file.Path, file.Kind, file.Why, ByteRangePart.Of(file.Ranges)))],
        [.. disc.Structure?.Findings.Items.Select(FindingPart.Of) ?? []],
        disc.HasParityHeader is { } isThere ? Of(isThere) : null,
        disc.Structure?.SizeExpected,
        disc.Structure?.SizeActual)
    {
        FindingsInAll = disc.Structure?.Findings.Counts.Values.Sum() ?? 0,
    };

    private static DiscVerdict Of(bool isWhole) => isWhole ? DiscVerdict.Whole : DiscVerdict.Damaged;
}

/// <summary>A file that is not what was archived.</summary>
/// <param name="Path">From the disc's root.</param>
/// <param name="Kind">What is wrong with it.</param>
/// <param name="Why">The same for people.</param>
/// <param name="Ranges">Its bytes that could not be read.</param>
public sealed record DamagedFilePart(string Path, [property: JsonConverter(typeof(JsonForm.Words<DamageKind>))] DamageKind Kind, string Why, IReadOnlyList<ByteRangePart> Ranges);

/// <summary>Something that is wrong with the structures of a disc.</summary>
/// <param name="Rule">Which rule is broken (docs/findings.md).</param>
/// <param name="Source">Where that rule stands.</param>
/// <param name="Offset">Bytes from the disc's begin.</param>
/// <param name="Detail">What was found there.</param>
public sealed record FindingPart(string Rule, string Source, long Offset, string Detail)
{
    internal static FindingPart Of(Formats.Finding finding) => new(finding.Rule.Id, finding.Rule.Source, finding.Position, finding.Detail);
}
