// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging;
using Spindle.Imaging.Discs;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary>What came of a disc that was to be imaged: one of many, it may have been refused.</summary>
[JsonDerivedType(typeof(ImageDocument))]
[JsonDerivedType(typeof(RefusedDocument))]
public abstract record ImagedDocument : Document;

/// <summary>A disc of which no image was made.</summary>
public sealed record RefusedDocument : ImagedDocument
{
    private readonly Failure _failure;

    internal RefusedDocument(Failure failure) => _failure = failure;

    /// <inheritdoc/>
    protected override Failure? Ended => _failure;

    /// <inheritdoc/>
    protected override string Verb => ImageVerb.Name;
}

/// <summary>Discs that were imaged one after the other; they are imaged while they are told.</summary>
public sealed record ImageLoopDocument : Document
{
    private readonly DiscLoop _loop;

    internal ImageLoopDocument(DiscLoop loop) => _loop = loop;

    /// <summary>The discs, in their order; they can be read once.</summary>
    public IEnumerable<ImagedDocument> Discs => _loop.Discs();

    /// <inheritdoc/>
    protected override Failure? Ended => _loop.Ended;

    /// <inheritdoc/>
    protected override Outcome Found => _loop.Worst;

    /// <inheritdoc/>
    protected override string Verb => ImageVerb.Name;
}

/// <summary>An image that was made of a disc.</summary>
public sealed record ImageDocument : ImagedDocument
{
    private readonly CollectionEntry _entry;
    private readonly string _verb;

    internal ImageDocument(string verb, ImagingResult result, CollectionEntry entry) => (_verb, Result, _entry) = (verb, result, entry);

    /// <summary>What came of it, in the words of the record beside the image.</summary>
    [JsonPropertyOrder(-1)]
    [JsonConverter(typeof(JsonForm.Words<ImagingOutcome>))]
    public new ImagingOutcome Outcome => Result.Outcome;

    /// <summary>Whether a second reading agreed with the first, over the whole image.</summary>
    public bool Verified => Result.IsVerified;

    /// <summary>The image; null where there is none.</summary>
    public string? Image => Result.ImagePath;

    /// <summary>A name for this run that no other run has.</summary>
    public Guid Id => Result.Id;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => Result.StartedAt;

    /// <summary>When it ended.</summary>
    public DateTimeOffset EndedAt => Result.EndedAt;

    /// <summary>What was imaged.</summary>
    public ImageSourcePart Source => new(
        Result.Source.Path,
        Result.Source.Structure.VolumeIdentifier,
        Result.Source.Length,
        Result.Source.SectorSize,
        Result.Source.Disc.Kind == DiscKind.Unknown ? null : Result.Source.Disc.Kind,
        Result.Source.FirstSector);

    /// <summary>How many sectors of what kind there are.</summary>
    public ImageSectorsPart Sectors => new(
        Result.Map?.SectorCount,
        Result.Map?.Total(SectorState.Finished),
        Result.Map is null ? null : Result.Unreadable.Sum(range => range.Count),
        Result.Restored.Sum(range => range.Count),
        Result.RunOut.Count,
        Result.OffTrack.Sum(gap => gap.Count),
        Result.Passes.Count,
        SectorRangePart.Of(Result.Unreadable),
        SectorRangePart.Of(Result.Restored));

    /// <summary>The readings, in order.</summary>
    public IReadOnlyList<ReadingPart> Readings => [.. Result.Readings.Select(ReadingPart.Of)];

    /// <summary>Sectors on which two readings disagree.</summary>
    public IReadOnlyList<SectorRangePart> Differences => SectorRangePart.Of(Result.Differences);

    /// <summary>Whether the disc was ejected; null where that was not to be done, or could not be.</summary>
    public bool? Ejected => Result.Ejected;

    /// <summary>The catalogue that it was entered in, as a full path; null where it was not.</summary>
    public string? Catalogue => _entry.Catalogue is { } catalogue ? Path.GetFullPath(catalogue) : null;

    /// <summary>How many files of it were entered; null where none were.</summary>
    public long? FilesEntered => _entry.Catalogue is null ? null : _entry.Files;

    /// <summary>The files of the record that were written.</summary>
    public IReadOnlyList<string> Files => Result.RecordPaths;

    /// <summary>All that keeps it from being a success.</summary>
    public IReadOnlyList<Failure> Concerns => Result.Concerns;

    /// <summary>What went wrong on the side, and changes nothing about the image.</summary>
    public IReadOnlyList<Failure> Warnings => _entry.Concern is { } concern ? [.. Result.Warnings, concern] : Result.Warnings;

    /// <summary>All that was done and seen, for those who show it in another form.</summary>
    [JsonIgnore]
    public ImagingResult Result { get; }

    /// <inheritdoc/>
    protected override Outcome Found =>
        Result.Outcome is ImagingOutcome.Success or ImagingOutcome.DryRun && _entry.Concern is null ? Contract.Outcome.Done : Contract.Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => _verb;
}

/// <summary>What was imaged.</summary>
/// <param name="Path">The drive, block device or image file.</param>
/// <param name="VolumeIdentifier">The volume's name; null where there is none.</param>
/// <param name="Bytes">Bytes of it.</param>
/// <param name="SectorSize">Bytes of a sector.</param>
/// <param name="Class">What kind of disc it is; null where the drive does not say.</param>
/// <param name="ImageStartsAt">Which sector of the disc the image begins with.</param>
public sealed record ImageSourcePart(
    string Path, string? VolumeIdentifier, long Bytes, int SectorSize, [property: JsonConverter(typeof(JsonForm.Words<DiscKind>))] DiscKind? Class, long ImageStartsAt);

/// <summary>How many sectors of what kind an image has.</summary>
/// <param name="Total">All of them; null where nothing was read.</param>
/// <param name="Readable">Those that were read; null as above.</param>
/// <param name="Unreadable">Those that could not be read; null as above.</param>
/// <param name="RestoredByParity">Those that the disc's own parity gave, and proved.</param>
/// <param name="RunOut">Unreadable ones at the end, that no data is on.</param>
/// <param name="OffTrack">Those that nobody has written, between sessions.</param>
/// <param name="Passes">How often the disc was gone over.</param>
/// <param name="UnreadableRanges">Which could not be read.</param>
/// <param name="RestoredRanges">Which the parity gave.</param>
public sealed record ImageSectorsPart(
    long? Total,
    long? Readable,
    long? Unreadable,
    long RestoredByParity,
    long RunOut,
    long OffTrack,
    int Passes,
    IReadOnlyList<SectorRangePart> UnreadableRanges,
    IReadOnlyList<SectorRangePart> RestoredRanges);

/// <summary>One reading of the whole disc or image.</summary>
/// <param name="What">What was read.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DurationSeconds">How long it took.</param>
/// <param name="Bytes">Bytes that went into the hashes.</param>
/// <param name="Hashes">The hashes, in lower-case hexadecimal digits, by their names.</param>
public sealed record ReadingPart(
    [property: JsonConverter(typeof(JsonForm.Words<ReadingSubject>))] ReadingSubject What, DateTimeOffset StartedAt, double DurationSeconds, long Bytes, IReadOnlyDictionary<string, string> Hashes)
{
    internal static ReadingPart Of(Reading reading) => new(
        reading.Subject,
        reading.StartedAt,
        Math.Round(reading.Duration.TotalSeconds, 3),
        reading.Bytes,
        reading.Hashes.ToDictionary(hash => hash.Key.Name, hash => hash.Value));
}
