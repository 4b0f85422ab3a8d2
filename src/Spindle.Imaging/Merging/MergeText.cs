// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>What an image was merged from, as JSON: <c>OUT_merge.json</c> and <c>spindle merge --json</c>.</summary>
public static class MergeText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The result as one JSON document.</summary>
    public static string Of(MergeResult result)
    {
        JsonObject hashes = [];
        foreach ((HashKind kind, string hash) in result.Hashes)
        {
            hashes[kind.Name()] = hash;
        }

        JsonObject document = new()
        {
            ["schema"] = "spindle/merge/1",
            ["image"] = result.Request.Output,
            ["map"] = result.Request.MapPath,
            ["startedAt"] = Figures.Moment(result.StartedAt),
            ["bytes"] = result.Length,
            ["sectorSize"] = result.SectorSize,
            ["hashes"] = hashes,
            ["sectors"] = new JsonObject
            {
                ["total"] = result.Map.SectorCount,
                ["readable"] = result.Map.Total(SectorState.Finished),
                ["missing"] = result.Map.SectorCount - result.Map.Total(SectorState.Finished),
                ["conflicting"] = result.Conflicts.Sum(range => range.Range.Count),
            },
            ["sources"] = new JsonArray([.. result.Request.Sources.Select(source => new JsonObject { ["image"] = source.Image, ["map"] = source.Map })]),
            ["ranges"] = new JsonArray([.. result.Ranges.Select(RangeOf)]),
            ["conflicts"] = new JsonArray([.. result.Conflicts.Select(RangeOf)]),
            ["concerns"] = new JsonArray([.. result.Concerns.Select(concern =>
                new JsonObject { ["code"] = concern.Code, ["what"] = concern.What, ["hint"] = concern.Hint })]),
        };
        return document.ToJsonString(Options);
    }

    private static JsonObject RangeOf(MergeRange range) => new()
    {
        ["start"] = range.Range.Start,
        ["count"] = range.Range.Count,
        ["sources"] = Numbers(range.Sources),
        ["dissenters"] = Numbers(range.Dissenters),
    };

    private static JsonArray Numbers(IEnumerable<int> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);
}
