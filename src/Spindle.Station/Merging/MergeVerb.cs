// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Files;
using Spindle.Imaging.Merging;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Merging;

/// <summary><c>merge</c>: several partial copies of a disc become one image.</summary>
public static class MergeVerb
{
    internal const string Name = "merge";

    /// <summary>The verb.</summary>
    public static Verb<MergeCopiesRequest, MergeDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = MergeJson.Form.MergeCopiesRequest,
        Document = MergeJson.Form.MergeDocument,
        Stopped = new("cancelled", "stopped; the copies are as they were", "the same command begins anew"),
        RunAsync = RunAsync,
    };

    private static async Task<MergeDocument> RunAsync(MergeCopiesRequest request, Work work, CancellationToken cancellationToken)
    {
        MergeRequest wanted = new()
        {
            Output = request.Output,
            Sources = request.Sources,
            SectorSize = request.SectorSize is not { } size || (size is >= 512 and <= 65_536 && int.IsPow2(size)) ? request.SectorSize
                : throw Usage.Error($"--sector-size {size} is not the size of a sector", "give a power of two from 512 to 65536"),
            Overwrite = request.Overwrite,
        };
        return new(MergeRecord.Of(await new Merger(new ImageFiles(), work.Equipment.Time).RunAsync(wanted, work.Progress, cancellationToken)));
    }
}

/// <summary>Which copies are to be merged.</summary>
public sealed record MergeCopiesRequest
{
    /// <summary>The image to write; its map and record are written beside it.</summary>
    public required string Output { get; init; }

    /// <summary>The copies, two at least and 64 at most.</summary>
    public required IReadOnlyList<MergeSource> Sources { get; init; }

    /// <summary>Bytes of a sector of the disc, a power of two from 512 to 65536; null for what the maps keep to.</summary>
    public int? SectorSize { get; init; }

    /// <summary>Whether an image of that name is replaced.</summary>
    public bool Overwrite { get; init; }
}

/// <summary>Copies that were merged.</summary>
public sealed record MergeDocument : Document
{
    internal MergeDocument(MergeRecord record) => Record = record;

    /// <summary>The image.</summary>
    public string Image => Record.Image;

    /// <summary>Its map.</summary>
    public string Map => Record.Map;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => Record.StartedAt;

    /// <summary>Bytes of the image.</summary>
    public long Bytes => Record.Bytes;

    /// <summary>Bytes of a sector.</summary>
    public int SectorSize => Record.SectorSize;

    /// <summary>The hashes of the image, by their names.</summary>
    public IReadOnlyDictionary<string, string> Hashes => Record.Hashes;

    /// <summary>How many sectors of what kind there are.</summary>
    public MergedSectorsPart Sectors => Record.Sectors;

    /// <summary>The copies, by which the ranges count from 0.</summary>
    public IReadOnlyList<MergeSource> Sources => Record.Sources;

    /// <summary>Where every sector came from, in order and without gaps.</summary>
    public IReadOnlyList<MergedRangePart> Ranges => Record.Ranges;

    /// <summary>Where copies disagree.</summary>
    public IReadOnlyList<MergedRangePart> Conflicts => Record.Conflicts;

    /// <summary>All that keeps it from being a success.</summary>
    public IReadOnlyList<Failure> Concerns => Record.Concerns;

    /// <summary>The record beside the image.</summary>
    [JsonIgnore]
    public MergeRecord Record { get; }

    /// <inheritdoc/>
    protected override Outcome Found => Concerns.Count == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => MergeVerb.Name;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MergeCopiesRequest))]
[JsonSerializable(typeof(MergeDocument))]
internal sealed partial class MergeJson : JsonSerializerContext
{
    public static MergeJson Form { get; } = new(JsonForm.Options());
}
