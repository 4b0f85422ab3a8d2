// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Parity;
using Spindle.Parity.Protecting;

namespace Spindle.Cli.Reports;

/// <summary>Parity, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Protected(ProtectResult result) => Write(new()
    {
        ["written"] = result.Written,
        ["layout"] = Layout(result.Layout),
        ["warnings"] = new JsonArray([.. result.Warnings.Select(warning => JsonValue.Create(JsonNamingPolicy.KebabCaseLower.ConvertName(warning.ToString())))]),
        ["resumed"] = result.Resumed,
    });

    public void Checked(CheckResult result, RememberedCheck remembered)
    {
        JsonObject document = Check(result);
        document["remembered"] = remembered.Catalogue is null ? null : new JsonObject
        {
            ["catalogue"] = remembered.Catalogue,
            ["disc"] = remembered.Disc,
            ["copy"] = remembered.Copy,
        };
        document["warnings"] = new JsonArray(remembered.Concern is { } concern ? [FailureOf(concern)] : []);
        Write(document);
    }

    public void Repaired(RepairResult result)
    {
        JsonObject document = Check(result.Found);
        document.Insert(0, "written", result.Written);
        document.Insert(1, "whole", result.IsWhole);
        document.Insert(2, "sectorsRestored", result.SectorsRestored);
        document.Insert(3, "sectorsRestoredUnproven", result.SectorsRestoredUnproven);
        document.Insert(4, "resumed", result.Resumed);
        Write(document);
    }

    private static JsonObject Check(CheckResult result) => new()
    {
        ["layout"] = Layout(result.Layout),
        ["otherImage"] = result.IsOfAnother,
        ["damage"] = new JsonObject
        {
            ["sectorsMissing"] = result.Damage.SectorsMissing,
            ["checksumMismatches"] = result.Damage.ChecksumMismatches,
            ["silentErrors"] = result.Damage.SilentErrors,
            ["blocksIntact"] = result.Damage.BlocksIntact,
            ["blocksRestorable"] = result.Damage.BlocksRestorable,
            ["blocksRestorableUnproven"] = result.Damage.BlocksRestorableUnproven,
            ["blocksLost"] = new JsonArray([.. result.Damage.BlocksLost.Select(lost => new JsonObject
            {
                ["number"] = lost.Number,
                ["knownWrongSectors"] = lost.KnownWrongSectors,
                ["imageSectors"] = new JsonArray([.. lost.ImageSectors.Select(sector => JsonValue.Create(sector))]),
            })]),
        },
        ["health"] = new JsonObject
        {
            ["verdict"] = JsonNamingPolicy.KebabCaseLower.ConvertName(result.Health.Verdict.ToString()),
            ["copyNowShare"] = result.Health.Thresholds.CopyNowShare,
            ["worstBlock"] = result.Health.WorstBlock,
            ["worstMargin"] = result.Health.WorstMargin,
            ["meanWrongSectors"] = result.Health.MeanWrongSectors,
            ["longestBearableBurst"] = result.Health.LongestBearableBurst,
            ["blocksByWrongSectors"] = new JsonArray([.. result.Health.BlocksByWrongSectors.Select(count => JsonValue.Create(count))]),
        },
    };

    private static JsonObject Layout(ParityLayout layout) => new JsonObject
    {
        ["format"] = JsonNamingPolicy.KebabCaseLower.ConvertName(layout.Format.ToString()),
        ["payloadBytes"] = layout.PayloadBytes,
        ["roots"] = layout.Roots,
        ["redundancyPercent"] = Math.Round(layout.RedundancyPercent, 2),
        ["blocks"] = layout.Blocks,
        ["totalSectors"] = layout.TotalSectors,
    };
}
