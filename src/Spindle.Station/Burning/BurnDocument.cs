// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Burning;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary>Discs that were burned.</summary>
public sealed record BurnDocument : Document
{
    private readonly BurnRequest _request;
    private readonly BurnResult _result;

    /// <param name="request">What was wanted.</param>
    /// <param name="result">What came of it.</param>
    public BurnDocument(BurnRequest request, BurnResult result) => (_request, _result) = (request, result);

    /// <summary>The image.</summary>
    public string Image => _request.Image;

    /// <summary>Its bytes.</summary>
    public long Bytes => _result.Bytes;

    /// <summary>Its sectors of 2048 bytes.</summary>
    public long Sectors => _result.Sectors;

    /// <summary>Its SHA-256.</summary>
    public string Sha256 => _result.Sha256;

    /// <summary>Whether the checksum file beside it says the same; false where there is none.</summary>
    public bool Recorded => _request.Sha256 is not null;

    /// <summary>Whether the laser stayed dark.</summary>
    public bool Simulated => _request.Simulate;

    /// <summary>Copies that were asked for.</summary>
    public int CopiesWanted => _request.Copies;

    /// <summary>Copies that were read, and are the image.</summary>
    public int CopiesVerified => _result.Copies.Count(copy => copy.State == CopyState.Verified);

    /// <summary>Copies that were burned as they should, and not read.</summary>
    public int CopiesUnverified => _result.Copies.Count(copy => copy is { State: CopyState.Burned, Failure: null });

    /// <summary>Each disc, in the order in which they ended: those that are no copies, too.</summary>
    public IReadOnlyList<BurnedDiscPart> Discs => [.. _result.Copies.Select(copy => new BurnedDiscPart(copy))];

    /// <summary>Where that is remembered; null where it is not.</summary>
    public BurnRememberedPart? Remembered { get; init; }

    /// <summary>What else is to be known: that it could not be remembered.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <summary>All that keeps it from being a success.</summary>
    public IReadOnlyList<Failure> Concerns =>
    [
        .. _result.Copies.Select(copy => copy.Failure).OfType<Failure>(),
        .. _result.Lacking == 0 || _result.WasCancelled ? (Failure[])[] : [CopiesLacking()],
    ];

    /// <inheritdoc/>
    protected override Failure? Ended => _result.WasCancelled ? new("cancelled", "stopped; what became of each disc is told above", "the same command burns further discs") : null;

    /// <inheritdoc/>
    protected override Outcome Found => Concerns.Count == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => BurnVerb.Name;

    private Failure CopiesLacking() => new(
        "copies-lacking",
        $"{_result.Lacking} of {_request.Copies} {(_request.Copies == 1 ? "copy" : "copies")} {(_result.Lacking == 1 ? "was" : "were")} not made",
        $"insert a blank disc, and run the same command with --copies {_result.Lacking}");
}

/// <summary>A disc that was burned, or should have been. What the drive does not say is null.</summary>
public sealed record BurnedDiscPart
{
    private readonly BurnedCopy _copy;

    internal BurnedDiscPart(BurnedCopy copy) => _copy = copy;

    /// <summary>Which copy it was to be, from 1.</summary>
    public int Copy => _copy.Number;

    /// <summary>What came of it: only what was read, and is the image, is verified.</summary>
    [JsonConverter(typeof(JsonForm.Words<CopyState>))]
    public CopyState State => _copy.State;

    /// <summary>The drive.</summary>
    public string Drive => _copy.Drive;

    /// <summary>Who made it.</summary>
    public string? Vendor => _copy.Vendor;

    /// <summary>Which it is.</summary>
    public string? Model => _copy.Model;

    /// <summary>The version of its firmware.</summary>
    public string? Firmware => _copy.Firmware;

    /// <summary>The kind of disc as it is printed on discs.</summary>
    public string? Kind => _copy.Kind;

    /// <summary>Who made the disc, and which it is, as it is moulded into it.</summary>
    public string? MediumId => _copy.MediumId;

    /// <summary>How it was written.</summary>
    public string? Method => _copy.Method;

    /// <summary>The step that it came to.</summary>
    [JsonConverter(typeof(JsonForm.Words<BurnStep>))]
    public BurnStep Step => _copy.Step;

    /// <summary>The first sector that failed.</summary>
    public long? FailedSector => _copy.FailedSector;

    /// <summary>Sectors of the image that the drive took.</summary>
    public long SectorsWritten => _copy.SectorsWritten;

    /// <summary>Sectors that the disc holds: those of the image, and zeros up to a whole ecc block; 0 where it was not burned to its end.</summary>
    public long SectorsOnDisc => _copy.SectorsOnDisc;

    /// <summary>The lowest that the drive's buffer was while it was written, in percent.</summary>
    public int? LowestBufferPercent => _copy.LowestBuffer;

    /// <summary>How often a command was sent again, for the drive was busy.</summary>
    public int Retries => _copy.Retries;

    /// <summary>Sectors of its spare area that were free before.</summary>
    public long? SpareFreeBefore => _copy.SpareBefore;

    /// <summary>Sectors of its spare area that were free afterwards: what is gone stands in for bad ones.</summary>
    public long? SpareFreeAfter => _copy.SpareAfter;

    /// <summary>Seconds that the steps took which took place, by their names.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _copy.Times.OrderBy(time => time.Key).ToDictionary(time => time.Key.ToString().ToLowerInvariant(), time => Math.Round(time.Value.TotalSeconds, 2));

    /// <summary>Whether it was out of the drive before it was read.</summary>
    public bool Reloaded => _copy.WasReloaded;

    /// <summary>Sectors that were compared with the image.</summary>
    public long SectorsCompared => _copy.Comparison?.Sectors ?? 0;

    /// <summary>Sectors that can't be read; after 256 the rest is left.</summary>
    public IReadOnlyList<SectorRangePart> Unreadable => SectorRangePart.Of(_copy.Comparison?.Unreadable ?? []);

    /// <summary>Sectors that are others than the image's.</summary>
    public IReadOnlyList<SectorRangePart> Different => SectorRangePart.Of(_copy.Comparison?.Different ?? []);

    /// <summary>Sectors that took the drive much longer than most.</summary>
    public IReadOnlyList<SectorRangePart> Slow => SectorRangePart.Of(_copy.Comparison?.Slow ?? []);

    /// <summary>What else is to be known of it: it changes no verdict.</summary>
    public IReadOnlyList<Failure> Notes => _copy.Notes;

    /// <summary>Why it is no copy; null where it is one.</summary>
    public Failure? Error => _copy.Failure;
}
