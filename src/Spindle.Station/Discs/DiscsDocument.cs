// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Catalogue.Sets;
using Spindle.Station.Contract;

namespace Spindle.Station.Discs;

/// <summary>Discs of an archive, and discs that were imaged.</summary>
public sealed record DiscsDocument : Document
{
    /// <summary>Where their health was drawn; null where it was not.</summary>
    public string? Chart { get; init; }

    /// <summary>The discs of the archive, by their numbers.</summary>
    public required IReadOnlyList<ArchiveDiscPart> Discs { get; init; }

    /// <summary>The sets that these discs belong to.</summary>
    public IReadOnlyList<DiscSetPart> Sets { get; init; } = [];

    /// <summary>The discs that were imaged, by their names.</summary>
    public required IReadOnlyList<ImagedDiscPart> Imaged { get; init; }

    /// <summary>Images that should be audited, those that wait longest first; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DueImage>? Audits { get; init; }

    /// <summary>Copies whose time to be read has come, those that wait longest first; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DueCopy>? DueCopies { get; init; }

    /// <summary>How copies hold by medium, batch and burner; null where how discs age was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MediumGroup>? Media { get; init; }

    /// <summary>Copies that should be burned anew; null where how discs age was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RefreshCopy>? Refresh { get; init; }

    /// <summary>How many there are of each kind; a disc counts under each that it is. Null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<KindPart>? Kinds { get; init; }

    /// <summary>The kind that alone was asked for; null where all were.</summary>
    [JsonIgnore]
    public string? OnlyKind { get; init; }

    /// <summary>How the discs age, for those who show it in another form; null where that was not asked for.</summary>
    [JsonIgnore]
    public IReadOnlyList<DiscHealth>? Health { get; init; }

    /// <summary>Something that is due is what a script wants to hear of.</summary>
    protected override Outcome Found => DueCopies is { Count: > 0 } || (Audits is not null && Discs.Count + Audits.Count > 0) ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    protected override string Verb => DiscsVerb.Name;
}

/// <summary>How many discs an archive has.</summary>
public sealed record CountDocument : Document
{
    /// <summary>Of all plans.</summary>
    public required int Discs { get; init; }

    /// <inheritdoc/>
    protected override string Verb => CountVerb.Name;
}

/// <summary>A disc of an archive, as the catalogue knows it.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Sectors">Sectors of 2048 bytes of its image; null where only a catalogue told of it.</param>
/// <param name="CapacitySectors">Sectors of the medium that it was planned for.</param>
/// <param name="Files">Files on it; null as above.</param>
/// <param name="Bytes">Bytes of their contents, each once; null as above.</param>
/// <param name="Status"><c>planned</c>, <c>written</c>, <c>imported</c>, <c>told</c> or <c>withdrawn</c>.</param>
/// <param name="Label">What its owner calls it, or else the name of its volume.</param>
/// <param name="Uuid">Names it for ever; it stands on the disc, too.</param>
/// <param name="Sha256">Of the image; null as long as it was not written.</param>
/// <param name="Written">When the image was written (RFC 3339).</param>
/// <param name="Image">Where the image was written to.</param>
/// <param name="LastVerified">When a copy or the image was last read and found whole or damaged (RFC 3339).</param>
/// <param name="Verdict">What was found then.</param>
/// <param name="Copies">The discs in boxes that it was brought onto.</param>
public sealed record ArchiveDiscPart(
    int Number,
    long? Sectors,
    long CapacitySectors,
    long? Files,
    long? Bytes,
    string Status,
    string Label,
    Guid Uuid,
    string? Sha256,
    string? Written,
    string? Image,
    string? LastVerified,
    string? Verdict,
    IReadOnlyList<DiscCopy> Copies)
{
    /// <summary>What checks found, the oldest first; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DiscCheck>? Checks { get; private init; }

    /// <summary>The same, copy by copy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TrendPart>? Trends { get; private init; }

    /// <summary>What it holds by the names of its files, the most telling first; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Kinds { get; init; }

    internal static ArchiveDiscPart Of(DiscRecord disc) => new(
        disc.Number,
        disc.Sectors > 0 ? disc.Sectors : null,
        disc.CapacitySectors,
        disc.Sectors > 0 ? disc.Files : null,
        disc.Sectors > 0 ? disc.Bytes : null,
        disc.Status,
        disc.Label,
        disc.Uuid,
        disc.Sha256,
        disc.Written,
        disc.Image,
        disc.LastVerified,
        disc.Verdict,
        disc.Copies);

    internal static ArchiveDiscPart Of(DiscHealth health) => Of(health.Disc) with
    {
        Checks = health.Checks,
        Trends = [.. health.Trends.Select(trend => new TrendPart(trend.Copy, trend.Checks.Count, trend.CopyNowExpected))],
    };
}

/// <summary>A set of discs of an archive, and its parity discs.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Uuid">Tells it from all others.</param>
/// <param name="Status"><c>planned</c>; <c>open</c>: some discs are in its sums; <c>closed</c>: its parity discs were made; <c>told</c>.</param>
/// <param name="FirstDisc">Its first disc.</param>
/// <param name="LastDisc">Its last one.</param>
/// <param name="Lost">Its discs that count as lost: found damaged, and no copy found whole.</param>
/// <param name="MayLose">How many more of all may be lost, as far as is known; negative where too many are. Null as long as it has no parity discs.</param>
/// <param name="Parity">Its parity discs, each with its copies.</param>
public sealed record DiscSetPart(
    int Number, Guid Uuid, string Status, int FirstDisc, int LastDisc, IReadOnlyList<int> Lost, int? MayLose, IReadOnlyList<KeptParityDiscPart> Parity)
{
    internal static DiscSetPart Of(SetMargin margin, ILookup<(int Set, int Row), ParityCopyRecord> copies) => new(
        margin.Set.Plan.Number,
        margin.Set.Plan.Uuid,
        margin.Set.Status,
        margin.Set.Plan.FirstDisc,
        margin.Set.Plan.LastDisc,
        margin.Lost,
        margin.MayLose,
        [.. margin.Set.Parity.Select(disc => KeptParityDiscPart.Of(disc, copies[(margin.Set.Plan.Number, disc.Row)]))]);
}

/// <summary>A parity disc of a set, and its copies.</summary>
/// <param name="Row">Which row of parity, from 1.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Image">Its image; null until it was made.</param>
/// <param name="Sectors">Sectors of 2048 bytes of the image; null until it was made.</param>
/// <param name="Sha256">Of the image; null likewise.</param>
/// <param name="Copies">Discs that were burned of it, those of an earlier state of the set, too.</param>
public sealed record KeptParityDiscPart(int Row, string Label, string? Image, long? Sectors, string? Sha256, IReadOnlyList<ParityCopyRecord> Copies)
{
    internal static KeptParityDiscPart Of(ParityDiscRecord disc, IEnumerable<ParityCopyRecord> copies) =>
        new(disc.Row, disc.Label, disc.Image, disc.Sha256 is null ? null : disc.Sectors, disc.Sha256, [.. copies]);
}

/// <summary>How one copy of a disc ages.</summary>
/// <param name="Copy">Its name; null for checks that did not say which copy it was.</param>
/// <param name="Checks">How many checks there were.</param>
/// <param name="CopyNowExpected">When it will have to be copied, if it goes on like this; null where that can't be said.</param>
public sealed record TrendPart(string? Copy, int Checks, DateTimeOffset? CopyNowExpected);
