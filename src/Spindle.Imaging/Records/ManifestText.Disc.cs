// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;

namespace Spindle.Imaging.Records;

/// <summary>The section on what disc it is, as the drive tells.</summary>
internal static partial class ManifestText
{
    private static JsonObject Disc(SourceDescription source) => new()
    {
        ["class"] = source.Disc.Kind.Name(),
        ["finalised"] = source.Disc.IsFinalised,
        ["protection"] = source.Disc.Protection,
        ["regions"] = Array(source.Disc.Regions.Select(region => JsonValue.Create(region))),
        ["layers"] = source.Disc.Layers,
        ["layer_break"] = source.Disc.LayerBreak,
        ["image_starts_at"] = source.FirstSector,
        ["contents_start_at"] = source.ContentsStart,
        ["sessions"] = Ranges(source.Disc.Sessions),
        ["tracks"] = Array(source.Disc.Tracks.Select(track => new JsonObject
        {
            ["number"] = track.Number,
            ["session"] = track.Session,
            ["type"] = track.IsData ? "data" : "audio",
            ["start"] = track.Range.Start,
            ["count"] = track.Range.Count,
            ["title"] = track.Title,
        })),
    };
}
