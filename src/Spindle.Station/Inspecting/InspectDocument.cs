// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Verifying;

namespace Spindle.Station.Inspecting;

/// <summary>What is on discs, and what is wrong with them.</summary>
public sealed record InspectDocument : Document
{
    /// <summary>The sources, in their order.</summary>
    public required IReadOnlyList<InspectedImagePart> Images { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => Images.Any(image => image.Error is not null) ? Outcome.Failed
        : Images.All(image => image.IsWhole) ? Outcome.Done
        : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => InspectVerb.Name;
}

/// <summary>What was found on one source; all but its name is null where nothing could be looked at.</summary>
public sealed record InspectedImagePart
{
    /// <summary>The path that was read.</summary>
    public required string Source { get; init; }

    /// <summary>Why nothing could be looked at; null where it could.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Failure? Error { get; init; }

    /// <summary>Bytes of the medium.</summary>
    public long? SizeActual => Analysis?.SizeActual;

    /// <summary>Bytes that its file systems need; 0 where that is not known.</summary>
    public long? SizeExpected => Analysis?.SizeExpected;

    /// <summary>Bytes that the medium has more than that; negative where it has fewer.</summary>
    public long? SizeDifference => Analysis?.SizeDifference;

    /// <summary>The same in sectors of 2048 bytes.</summary>
    public double? SizeDifferenceSectors => Analysis?.SizeDifference / 2048.0;

    /// <summary>Whether the medium is exactly as large as its file systems need.</summary>
    public bool? SizeAsExpected => Analysis?.SizeAsExpected;

    /// <summary>Whether a part of its file systems is missing at the end.</summary>
    public bool? SmallerThanExpected => Analysis?.SmallerThanExpected;

    /// <summary>Whether names are missing from a tree, or files are damaged in what describes them.</summary>
    public bool? LosesFiles => Analysis?.LosesFiles;

    /// <summary>Sectors that the map of an image does not know as read.</summary>
    public long? SectorsUnread { get; init; }

    /// <summary>Whether any file system was found.</summary>
    public bool? ContainsKnownFileSystem => Analysis?.ContainsKnownFileSystem;

    /// <summary>First sectors of the sessions, as far as they are known.</summary>
    public IReadOnlyList<long>? Sessions { get; init; }

    /// <summary>First sector of the session that was looked at; null for the source's own.</summary>
    public long? SessionStart { get; init; }

    /// <summary>Name of the volume in the best tree; empty where it has none.</summary>
    public string? VolumeIdentifier => Analysis?.VolumeIdentifier;

    /// <summary>What lies behind the end of the file systems.</summary>
    [JsonConverter(typeof(JsonForm.Names<TrailingData>))]
    public TrailingData? Trailing => Analysis?.Trailing;

    /// <summary>The trees in which its files can be listed, the best one first.</summary>
    public IReadOnlyList<string>? Views => Analysis?.Views.Select(view => view.ToString().ToLowerInvariant()).ToList();

    /// <summary>The file systems that were found.</summary>
    public IReadOnlyList<FileSystemPart>? FileSystems =>
        Analysis?.FileSystems.Select(one => new FileSystemPart(one.Type.Title(), one.VolumeIdentifier, one.SizeExpected)).ToList();

    /// <summary>Every answer to how large the medium must be.</summary>
    public IReadOnlyList<SizePart>? Sizes => Analysis?.Sizes.Select(size => new SizePart(size.Source, size.Clause, size.Bytes, size.Counts)).ToList();

    /// <summary>What it holds: kinds, files by their class, and what it has for players but for DVD-Video.</summary>
    public HoldsPart? Holds { get; init; }

    /// <summary>What a DVD-Video has to play; null where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DvdVideoPart? DvdVideo => Holds?.DvdVideo;

    /// <summary>What was found to be wrong; of many of a kind, the first ones.</summary>
    public IReadOnlyList<FindingPart>? Findings => Analysis?.Findings.Items.Select(FindingPart.Of).ToList();

    /// <summary>The analysis itself, for those who show it in another form.</summary>
    [JsonIgnore]
    public DiscAnalysis? Analysis { get; init; }

    /// <summary>Whether there is a file system that is known, and all of it, with all of its names.</summary>
    [JsonIgnore]
    public bool IsWhole => Analysis is { ContainsKnownFileSystem: true, SmallerThanExpected: false, LosesFiles: false } && SectorsUnread == 0;

    internal static InspectedImagePart Of(string path, DiscSource source, long? sessionStart, DiscAnalysis analysis, DiscHoldings holdings) => new()
    {
        Holds = HoldsPart.Of(holdings),
        Source = path,
        Analysis = analysis,
        Sessions = source.SessionStarts,
        SessionStart = sessionStart,
        SectorsUnread = source.UnreadSectors,
    };
}

/// <summary>A file system that was found.</summary>
/// <param name="Type">Its name, such as <c>ISO 9660</c>.</param>
/// <param name="VolumeIdentifier">Name of the volume in it.</param>
/// <param name="SizeExpected">Bytes that it needs; null where it does not say.</param>
public sealed record FileSystemPart(string Type, string VolumeIdentifier, long? SizeExpected);

/// <summary>An answer to how large a medium must be.</summary>
/// <param name="Source">Which field of which structure says so.</param>
/// <param name="Clause">Where that field is defined.</param>
/// <param name="Bytes">The answer.</param>
/// <param name="Believed">Whether it counts.</param>
public sealed record SizePart(string Source, string Clause, long Bytes, bool Believed);
