// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Formats;
using Spindle.Formats.Analysis;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The sections on what is on the image. Nothing is said of a structure that nobody looked at.</summary>
internal static partial class ManifestText
{
    private static JsonObject StructuralAnalysis(ImagingResult result)
    {
        DiscAnalysis? analysis = result.Analysis;
        bool Has(FileSystemType type) => analysis!.FileSystems.Any(fileSystem => fileSystem.Type == type);
        return new()
        {
            ["tool_used"] = analysis is null ? null : Tool.Name,
            ["tool_version"] = analysis is null ? null : Tool.Version,
            ["analysis_performed"] = analysis is not null,
            ["analysis_successful"] = analysis is null ? null : true,
            ["valid_iso9660"] = analysis is null ? null : Has(FileSystemType.Iso9660),
            ["contains_udf"] = analysis is null ? null : Has(FileSystemType.Udf),
            ["size_validation"] = analysis is null ? null : SizeValidation(analysis),
            ["filesystems_detected"] = Array((analysis?.FileSystems ?? []).Select(fileSystem => new JsonObject
            {
                ["type"] = fileSystem.Type.Title(),
                ["details"] = new JsonObject
                {
                    ["volume_identifier"] = fileSystem.VolumeIdentifier,
                    ["creation_date"] = fileSystem.Created is { } created ? Figures.Moment(created) : null,
                    ["publisher"] = fileSystem.Publisher,
                    ["data_preparer"] = fileSystem.DataPreparer,
                    ["logical_block_size"] = fileSystem.LogicalBlockSize,
                    ["volume_space_size"] = fileSystem.VolumeSpaceSize,
                    ["implementation"] = fileSystem.Implementation,
                    ["size_expected_bytes"] = fileSystem.SizeExpected,
                },
            })),
            ["warnings"] = Array((analysis?.Findings.Counts ?? new Dictionary<Rule, long>())
                .Select(count => JsonValue.Create($"{count.Key.Id}: {count.Key.Summary} ({count.Value} times)"))),
            ["error"] = null,
            ["xml_field_mappings"] = null,
        };
    }

    private static JsonObject SizeValidation(DiscAnalysis analysis) => new()
    {
        ["size_as_expected"] = analysis.SizeAsExpected,
        ["size_expected_bytes"] = analysis.SizeExpected,
        ["size_actual_bytes"] = analysis.SizeActual,
        ["size_difference_bytes"] = analysis.SizeDifference,
        ["size_difference_sectors"] = analysis.SizeDifference / 2048.0,
        ["smaller_than_expected"] = analysis.SmallerThanExpected,
        ["contains_known_filesystem"] = analysis.ContainsKnownFileSystem,
        ["size_expected_formatted"] = Figures.Size(analysis.SizeExpected),
        ["size_actual_formatted"] = Figures.Size(analysis.SizeActual),
        ["note"] = analysis.Trailing switch
        {
            TrailingData.RunOut => "one or two sectors behind the file systems: the run-out of a track written at once",
            TrailingData.Padding => "zeros behind the file systems: padding",
            TrailingData.Other => "data behind the file systems, such as parity or another session",
            _ => null,
        },
    };

    private static JsonArray Findings(DiscAnalysis? analysis) => Array((analysis?.Findings.Items ?? []).Select(finding => new JsonObject
    {
        ["rule"] = finding.Rule.Id,
        ["source"] = finding.Rule.Source,
        ["offset"] = finding.Position,
        ["detail"] = finding.Detail,
    }));
}
