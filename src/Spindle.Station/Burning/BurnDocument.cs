// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Burning;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Burning;

/// <summary>Discs that were burned.</summary>
public sealed record BurnDocument : Document
{
    /// <summary>The images; of <c>--all</c>, those that lacked copies.</summary>
    public required IReadOnlyList<BurnedImagePart> Images { get; init; }

    /// <summary>Whether the laser stayed dark.</summary>
    public bool Simulated { get; init; }

    /// <summary>Copies that were to be made.</summary>
    public int CopiesWanted => Images.Sum(image => Math.Max(0, image.CopiesWanted - image.CopiesHeld));

    /// <summary>Of these, copies that were read, and are the image.</summary>
    public int CopiesVerified => Images.Sum(image => image.CopiesVerified);

    /// <summary>Copies that were burned as they should, and not read.</summary>
    public int CopiesUnverified => Images.Sum(image => image.CopiesUnverified);

    /// <summary>Each disc, in the order in which they ended: those that are no copies, too.</summary>
    public required IReadOnlyList<BurnedDiscPart> Discs { get; init; }

    /// <summary>The catalogue that remembers discs; null where none does.</summary>
    public string? Catalogue { get; init; }

    /// <summary>What else is to be known: that something could not be remembered.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <summary>Whether it was stopped.</summary>
    [JsonIgnore]
    public bool WasCancelled { get; init; }

    /// <summary>What went wrong. A disc that is no copy is no loss where another one took its place.</summary>
    public IReadOnlyList<Failure> Concerns =>
    [
        .. Discs.Select(disc => disc.Error).OfType<Failure>(),
        .. Images.Select(image => image.Error).OfType<Failure>(),
        .. Lacking == 0 || WasCancelled ? (Failure[])[] : [CopiesLacking()],
    ];

    private int Lacking => Images.Sum(image => image.CopiesLacking);

    /// <inheritdoc/>
    protected override Failure? Ended => WasCancelled ? new("cancelled", "stopped; what became of each disc is told above", "the same command burns further discs") : null;

    /// <inheritdoc/>
    protected override Outcome Found => Lacking == 0 && Images.All(image => image.Error is null) ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => BurnVerb.Name;

    internal static BurnDocument Of(BurnImagesRequest request, IReadOnlyList<BurnTask> tasks, BurnResult result, BurnMemory memory)
    {
        List<BurnedImagePart> images = [];
        int burned = 0;
        foreach (BurnTask task in tasks)
        {
            images.Add(task.IsOpen
                ? BurnedImagePart.Of(task, result.Images[burned], [.. result.Copies.Where(copy => copy.Image == burned)])
                : BurnedImagePart.Of(task, new(task.Image) { Lacking = task.Lacking, Failure = task.Failure }, []));
            burned += task.IsOpen ? 1 : 0;
        }

        return new()
        {
            Images = images,
            Simulated = request.How.Simulate,
            Discs = [.. result.Copies.Select(copy => new BurnedDiscPart(copy) { Image = result.Images[copy.Image].Path, Remembered = memory.Of(copy), Parity = memory.ParityOf(copy, result.Images[copy.Image]) })],
            Catalogue = request.Catalogue,
            Warnings = memory.Warnings,
            WasCancelled = result.WasCancelled,
        };
    }

    private Failure CopiesLacking() => new(
        "copies-lacking",
        $"{Lacking} of {CopiesWanted} {(CopiesWanted == 1 ? "copy" : "copies")} {(Lacking == 1 ? "was" : "were")} not made",
        Images.All(image => image.Disc is not null || image.ParityDisc is not null) ? "insert blank discs, and run the same command: what is verified is not burned again"
            : Images.Count == 1 ? $"insert a blank disc, and run the same command with --copies {Lacking}" : "insert blank discs, and name the images again of which copies are lacking");
}

/// <summary>An image that was burned, or was to be.</summary>
public sealed record BurnedImagePart
{
    /// <summary>The image; null where a disc has none.</summary>
    public required string? Image { get; init; }

    /// <summary>The disc of the catalogue that was named; null where an image was.</summary>
    public int? Disc { get; init; }

    /// <summary>The parity disc that it is of, by its volume's name, where <c>--all</c> was asked for; null for others.</summary>
    public string? ParityDisc { get; init; }

    /// <summary>Its bytes; null where nobody came to look, as the next two.</summary>
    public long? Bytes { get; init; }

    /// <summary>Its sectors of 2048 bytes.</summary>
    public long? Sectors { get; init; }

    /// <summary>Its SHA-256, as it was read.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether the catalogue, or the checksum file beside it, says the same; false where there is none.</summary>
    public bool Recorded { get; init; }

    /// <summary>Copies that there were to be.</summary>
    public required int CopiesWanted { get; init; }

    /// <summary>Copies that there were before, as the catalogue knows: they hold, and were not burned again.</summary>
    public int CopiesHeld { get; init; }

    /// <summary>Copies that were made, read, and are the image.</summary>
    public required int CopiesVerified { get; init; }

    /// <summary>Copies that were burned as they should, and not read.</summary>
    public int CopiesUnverified { get; init; }

    /// <summary>Copies that were not made.</summary>
    public required int CopiesLacking { get; init; }

    /// <summary>Why it can't be burned at all; null where it can.</summary>
    public Failure? Error { get; init; }

    internal static BurnedImagePart Of(BurnTask task, BurnedImage image, IReadOnlyList<BurnedCopy> copies) => new()
    {
        Image = image.Path.Length > 0 ? image.Path : null,
        Disc = task.Disc,
        ParityDisc = task.ParityDisc,
        Bytes = image.Bytes,
        Sectors = image.Sectors,
        Sha256 = image.Sha256,
        Recorded = image.Sha256 is not null && task.Wanted.Sha256 is not null,
        CopiesWanted = task.CopiesWanted,
        CopiesHeld = task.Holding,
        CopiesVerified = copies.Count(copy => copy.State == CopyState.Verified),
        CopiesUnverified = copies.Count(copy => copy is { State: CopyState.Burned, Failure: null }),
        CopiesLacking = image.Lacking,
        Error = image.Failure,
    };
}

/// <summary>A disc that was burned, or should have been. What the drive does not say is null.</summary>
public sealed record BurnedDiscPart
{
    private readonly BurnedCopy _copy;

    /// <param name="copy">What came of it.</param>
    public BurnedDiscPart(BurnedCopy copy) => _copy = copy;

    /// <summary>The image.</summary>
    public string? Image { get; init; }

    /// <summary>Which copy of it this was to be, from 1.</summary>
    public int Copy => _copy.Number;

    /// <summary>As what it was entered in the catalogue; null where it was not.</summary>
    public RememberedCopyPart? Remembered { get; init; }

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

    /// <summary>The drive that read it, and compared it with the image: the one that burned it, or another one; null where none did.</summary>
    public VerifyingDriveName? VerifiedIn => _copy.VerifiedIn;

    /// <summary>Sectors that were compared with the image.</summary>
    public long SectorsCompared => _copy.Comparison?.Sectors ?? 0;

    /// <summary>Sectors that can't be read; after 256 the rest is left.</summary>
    public IReadOnlyList<SectorRangePart> Unreadable => SectorRangePart.Of(_copy.Comparison?.Unreadable ?? []);

    /// <summary>Sectors that are others than the image's.</summary>
    public IReadOnlyList<SectorRangePart> Different => SectorRangePart.Of(_copy.Comparison?.Different ?? []);

    /// <summary>Sectors that took the drive much longer than most.</summary>
    public IReadOnlyList<SectorRangePart> Slow => SectorRangePart.Of(_copy.Comparison?.Slow ?? []);

    /// <summary>How much of the image's own parity is used up already; null where it has none, or not all of the disc was read.</summary>
    public BurnedParityPart? Parity { get; init; }

    /// <summary>What else is to be known of it: it changes no verdict.</summary>
    public IReadOnlyList<Failure> Notes => _copy.Notes;

    /// <summary>Why it is no copy; null where it is one.</summary>
    public Failure? Error => _copy.Failure;
}
