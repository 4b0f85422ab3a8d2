// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Formats.Analysis;
using Spindle.Imaging.Records;

namespace Spindle.Cli.Reports;

/// <summary>Structure and damage, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Inspected(IReadOnlyList<Inspection> inspections, InspectionFormat format)
    {
        if (format == InspectionFormat.Isolyzer)
        {
            IsolyzerReport.Write(terminal.Output, inspections);
        }
        else
        {
            Write(new() { ["images"] = new JsonArray([.. inspections.Select(Image)]) });
        }
    }

    public void Damaged(DamageReport damage) => DamageText.Write(terminal.Output, damage);

    private static JsonNode Image(Inspection inspection) => inspection.Analysis is not { } analysis
        ? new JsonObject { ["source"] = inspection.Source, ["error"] = FailureOf(inspection.Failure!) }
        : new JsonObject
        {
            ["source"] = inspection.Source,
            ["sizeActual"] = analysis.SizeActual,
            ["sizeExpected"] = analysis.SizeExpected,
            ["sizeDifference"] = analysis.SizeDifference,
            ["sizeDifferenceSectors"] = analysis.SizeDifference / 2048.0,
            ["sizeAsExpected"] = analysis.SizeAsExpected,
            ["smallerThanExpected"] = analysis.SmallerThanExpected,
            ["losesFiles"] = analysis.LosesFiles,
            ["sectorsUnread"] = inspection.UnreadSectors,
            ["containsKnownFileSystem"] = analysis.ContainsKnownFileSystem,
            ["sessions"] = new JsonArray([.. inspection.SessionStarts.Select(start => JsonValue.Create(start))]),
            ["sessionStart"] = inspection.SessionStart,
            ["volumeIdentifier"] = analysis.VolumeIdentifier,
            ["trailing"] = analysis.Trailing.ToString().ToLowerInvariant(),
            ["views"] = new JsonArray([.. analysis.Views.Select(view => JsonValue.Create(view.ToString().ToLowerInvariant()))]),
            ["fileSystems"] = new JsonArray([.. analysis.FileSystems.Select(fileSystem => new JsonObject
            {
                ["type"] = fileSystem.Type.Title(),
                ["volumeIdentifier"] = fileSystem.VolumeIdentifier,
                ["sizeExpected"] = fileSystem.SizeExpected,
            })]),
            ["sizes"] = new JsonArray([.. analysis.Sizes.Select(size => new JsonObject
            {
                ["source"] = size.Source,
                ["clause"] = size.Clause,
                ["bytes"] = size.Bytes,
                ["believed"] = size.Counts,
            })]),
            ["findings"] = new JsonArray([.. analysis.Findings.Items.Select(finding => new JsonObject
            {
                ["rule"] = finding.Rule.Id,
                ["source"] = finding.Rule.Source,
                ["offset"] = finding.Position,
                ["detail"] = finding.Detail,
            })]),
        };
}
