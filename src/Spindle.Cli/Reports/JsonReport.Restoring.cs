// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Catalogue.Documents;
using Spindle.Restoring;

namespace Spindle.Cli.Reports;

/// <summary>The way back from discs, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Restored(RestoreResult result) => Write(new()
    {
        ["dryRun"] = result.IsDryRun,
        ["catalogue"] = result.Catalogue,
        ["filesRestored"] = result.FilesRestored,
        ["filesPresent"] = result.FilesPresent,
        ["filesMissing"] = result.Missing.Count,
        ["filesDamaged"] = result.Damaged.Count,
        ["filesNotRestored"] = result.NotRestored,
        ["othersNotRestored"] = result.OthersNotRestored,
        ["othersRestored"] = result.OthersRestored,
        ["bytes"] = result.Bytes,
        ["discsUsed"] = new JsonArray([.. result.DiscsUsed.Select(DiscOf)]),
        ["discsMissing"] = new JsonArray([.. result.DiscsMissing.Select(DiscOf)]),
        ["swaps"] = result.DiscsUsed.Count(disc => !disc.IsAtHand),
        ["missing"] = new JsonArray([.. result.Missing.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["size"] = file.Size,
            ["discs"] = new JsonArray([.. file.Discs.Select(disc => JsonValue.Create(disc))]),
            ["ranges"] = RangesOf(file.Ranges),
        })]),
        ["damaged"] = new JsonArray([.. result.Damaged.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["size"] = file.Size,
            ["disc"] = file.Disc,
            ["kept"] = file.Kept,
            ["ranges"] = RangesOf(file.Ranges),
        })]),
        ["problems"] = new JsonArray([.. result.Problems.Select(FailureOf)]),
        ["concerns"] = new JsonArray([.. result.Concerns.Select(FailureOf)]),
    });

    private static JsonArray RangesOf(IReadOnlyList<ByteRange> ranges) =>
        new([.. ranges.Select(range => new JsonObject { ["offset"] = range.Offset, ["length"] = range.Length })]);

    private static JsonNode DiscOf(DiscWanted disc) => new JsonObject
    {
        ["number"] = disc.Number,
        ["label"] = disc.Label,
        ["places"] = new JsonArray([.. disc.Places.Select(place => JsonValue.Create(place))]),
        ["files"] = disc.Files,
        ["bytes"] = disc.Bytes,
        ["atHand"] = disc.IsAtHand,
    };
}
