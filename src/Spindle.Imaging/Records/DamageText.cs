// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Records;

/// <summary>What unreadable sectors mean for the files, as JSON: <c>NAME_damage.json</c> and <c>spindle damage --json</c>.</summary>
public static class DamageText
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the report as one JSON document, ended by a line feed.</summary>
    public static void Write(TextWriter writer, DamageReport report)
    {
        JsonObject document = new()
        {
            ["schema"] = "spindle/damage/1",
            ["bytesUnread"] = report.BytesUnread,
            ["entriesSeen"] = report.EntriesSeen,
            ["unknown"] = report.Unknown,
            ["structures"] = new JsonArray([.. report.Structures.Select(structure => new JsonObject
            {
                ["name"] = structure.Name,
                ["position"] = structure.Extent.Position,
                ["lba"] = structure.Extent.Lba,
                ["length"] = structure.Extent.Length,
            })]),
            ["entries"] = new JsonArray([.. report.Entries.Select(entry => new JsonObject
            {
                ["path"] = entry.Path,
                ["type"] = entry.Type.ToString().ToLowerInvariant(),
                ["view"] = entry.View.ToString().ToLowerInvariant(),
                ["size"] = entry.Size,
                ["bytesLost"] = entry.BytesLost,
                ["lost"] = Ranges(entry.Lost),
                ["lostResourceFork"] = Ranges(entry.LostResourceFork),
                ["lostStreams"] = new JsonArray([.. entry.LostStreams.Select(stream => new JsonObject { ["name"] = stream.Name, ["lost"] = Ranges(stream.Extents) })]),
                ["streamsLost"] = entry.AreStreamsLost,
                ["descriptionLost"] = entry.IsDescriptionHit,
            })]),
        };
        writer.Write(document.ToJsonString(Options));
        writer.Write('\n');
    }

    private static JsonArray Ranges(IReadOnlyList<Extent> ranges) =>
        new([.. ranges.Select(range => new JsonObject { ["offset"] = range.Position, ["length"] = range.Length })]);
}
