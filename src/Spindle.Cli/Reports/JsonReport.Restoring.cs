// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Finding;
using Spindle.Archiving.Restoring;
using Spindle.Archiving.Sources;
using Spindle.Imaging.Records;

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

    public void FilesFound(IEnumerable<FoundFile> files) => Write(new()
    {
        ["matches"] = new JsonArray([.. files.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["size"] = file.Size,
            ["sha256"] = file.Sha256,
            ["modified"] = file.Modified is { } modified ? Figures.Moment(modified) : null,
            ["firstScan"] = file.Imaged is null ? file.FirstScan : null,
            ["goneScan"] = file.GoneScan,
            ["discs"] = new JsonArray([.. file.Discs.Select(place => new JsonObject
            {
                ["number"] = place.Disc.Number,
                ["label"] = place.Disc.Label,
                ["part"] = place.Part == 0 ? null : place.Part,
                ["offset"] = place.Offset,
                ["length"] = place.Length,
                ["status"] = place.Disc.Status,
                ["lastVerified"] = place.Disc.LastVerified,
                ["verdict"] = place.Disc.Verdict,
                ["copies"] = new JsonArray([.. place.Disc.Copies.Select(copy => new JsonObject { ["name"] = copy.Name, ["place"] = copy.Place })]),
            })]),
            ["image"] = file.Imaged is null ? null : ImagedOf(file.Imaged),
        })]),
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
