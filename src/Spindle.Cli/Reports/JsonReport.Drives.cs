// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;

namespace Spindle.Cli.Reports;

/// <summary>Drives, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Found(IReadOnlyList<DriveReport> drives) => Write(new() { ["drives"] = new JsonArray([.. drives.Select(Drive)]) });

    private static JsonNode Drive(DriveReport drive) => new JsonObject
    {
        ["path"] = drive.Path,
        ["vendor"] = drive.Vendor,
        ["model"] = drive.Model,
        ["firmware"] = drive.Firmware,
        ["connection"] = drive.Connection,
        ["status"] = JsonNamingPolicy.KebabCaseLower.ConvertName(drive.Status.ToString()),
        ["ready"] = drive.IsReady,
        ["mountPoints"] = new JsonArray([.. drive.MountPoints.Select(point => JsonValue.Create(point))]),
        ["disc"] = drive.Disc.Kind == DiscKind.Unknown && drive.Length is null ? null : Disc(drive),
        ["error"] = drive.Failure is null ? null : FailureOf(drive.Failure),
    };

    private static JsonObject Disc(DriveReport drive) => new()
    {
        ["profile"] = drive.Disc.Medium,
        ["class"] = JsonNamingPolicy.KebabCaseLower.ConvertName(drive.Disc.Kind.ToString()),
        ["bytes"] = drive.Length,
        ["sectorSize"] = drive.SectorSize,
        ["volumeIdentifier"] = drive.VolumeIdentifier,
        ["fileSystems"] = new JsonArray([.. drive.FileSystems.Select(name => JsonValue.Create(name))]),
        ["finalised"] = drive.Disc.IsFinalised,
        ["erasable"] = drive.Disc.IsErasable,
        ["protection"] = drive.Disc.Protection,
        ["regions"] = new JsonArray([.. drive.Disc.Regions.Select(region => JsonValue.Create(region))]),
        ["layers"] = drive.Disc.Layers,
        ["layerBreak"] = drive.Disc.LayerBreak,
        ["sessions"] = Ranges(drive.Disc.Sessions),
        ["tracks"] = new JsonArray([.. drive.Disc.Tracks.Select(track => new JsonObject
        {
            ["number"] = track.Number,
            ["session"] = track.Session,
            ["type"] = track.IsData ? "data" : "audio",
            ["start"] = track.Range.Start,
            ["count"] = track.Range.Count,
            ["title"] = track.Title,
        })]),
        ["sizes"] = new JsonArray([.. drive.Disc.Sizes.Select(size => new JsonObject
        {
            ["source"] = size.Source,
            ["sectors"] = size.Sectors,
        })]),
    };
}
