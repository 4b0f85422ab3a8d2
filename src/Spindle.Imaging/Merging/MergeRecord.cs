// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>What an image was merged from: <c>OUT_merge.json</c>, and what <c>spindle merge</c> tells.</summary>
public sealed record MergeRecord
{
    /// <summary>Which record it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/merge/1";

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>Its map.</summary>
    public required string Map { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes of a sector.</summary>
    public required int SectorSize { get; init; }

    /// <summary>The hashes of the image, in lower-case hexadecimal digits, by their names.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>How many sectors of what kind there are.</summary>
    public required MergedSectorsPart Sectors { get; init; }

    /// <summary>The copies, by which <see cref="Ranges"/> count from 0.</summary>
    public required IReadOnlyList<MergeSource> Sources { get; init; }

    /// <summary>Where every sector came from, in order and without gaps.</summary>
    public required IReadOnlyList<MergedRangePart> Ranges { get; init; }

    /// <summary>Where copies disagree.</summary>
    public required IReadOnlyList<MergedRangePart> Conflicts { get; init; }

    /// <summary>All that keeps it from being a success.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <summary>Tells of a result.</summary>
    public static MergeRecord Of(MergeResult result) => new()
    {
        Image = result.Request.Output,
        Map = result.Request.MapPath,
        StartedAt = result.StartedAt,
        Bytes = result.Length,
        SectorSize = result.SectorSize,
        Hashes = result.Hashes.ToDictionary(hash => hash.Key.Name, hash => hash.Value),
        Sectors = new(
            result.Map.SectorCount,
            result.Map.Total(SectorState.Finished),
            result.Map.SectorCount - result.Map.Total(SectorState.Finished),
            result.Conflicts.Sum(range => range.Range.Count)),
        Sources = result.Request.Sources,
        Ranges = [.. result.Ranges.Select(MergedRangePart.Of)],
        Conflicts = [.. result.Conflicts.Select(MergedRangePart.Of)],
        Concerns = result.Concerns,
    };

    /// <summary>Writes it as one JSON document, ended by a line feed.</summary>
    public void Write(Stream stream)
    {
        JsonSerializer.Serialize(stream, this, MergeRecordJson.Form.MergeRecord);
        stream.WriteByte((byte)'\n');
    }
}

/// <summary>How many sectors of what kind a merged image has.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Readable">Those that some copy has.</param>
/// <param name="Missing">Those that none has: zeros stand for them.</param>
/// <param name="Conflicting">Those of which copies have different ones.</param>
public sealed record MergedSectorsPart(long Total, long Readable, long Missing, long Conflicting);

/// <summary>Sectors that came from the same copies.</summary>
/// <param name="Start">The first one.</param>
/// <param name="Count">How many.</param>
/// <param name="Sources">The copies that have them like this.</param>
/// <param name="Dissenters">The copies that have them otherwise.</param>
public sealed record MergedRangePart(long Start, long Count, IReadOnlyList<int> Sources, IReadOnlyList<int> Dissenters)
{
    internal static MergedRangePart Of(MergeRange range) => new(range.Range.Start, range.Range.Count, [.. range.Sources], [.. range.Dissenters]);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MergeRecord))]
internal sealed partial class MergeRecordJson : JsonSerializerContext
{
    public static MergeRecordJson Form { get; } = new(JsonForm.Options());
}
