// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Catalogue.Health;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>How discs age, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Health(IReadOnlyList<DiscHealth> discs, string? chart) => Write(new()
    {
        ["chart"] = chart,
        ["discs"] = new JsonArray([.. discs.Select(HealthOf)]),
    });

    private static JsonObject HealthOf(DiscHealth disc)
    {
        JsonObject document = DiscOf(disc.Disc);
        document["checks"] = new JsonArray([.. disc.Checks.Select(check => new JsonObject
        {
            ["at"] = Figures.Moment(check.At),
            ["copy"] = check.Copy,
            ["drive"] = check.Drive,
            ["verdict"] = check.Verdict,
            ["roots"] = check.Roots,
            ["blocks"] = check.Blocks,
            ["sectorsMissing"] = check.SectorsMissing,
            ["checksumMismatches"] = check.ChecksumMismatches,
            ["silentErrors"] = check.SilentErrors,
            ["blocksLost"] = check.BlocksLost,
            ["worstBlock"] = check.WorstBlock,
            ["worstMargin"] = check.WorstMargin,
            ["longestBearableBurst"] = check.LongestBearableBurst,
            ["copyNowShare"] = check.CopyNowShare,
            ["blocksByWrongSectors"] = new JsonArray([.. check.BlocksByWrongSectors.Select(count => JsonValue.Create(count))]),
        })]);
        document["trends"] = new JsonArray([.. disc.Trends.Select(trend => new JsonObject
        {
            ["copy"] = trend.Copy,
            ["checks"] = trend.Checks.Count,
            ["copyNowExpected"] = trend.CopyNowExpected is { } expected ? Figures.Moment(expected) : null,
        })]);
        return document;
    }
}
