// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;

namespace Spindle.Cli.Reports;

/// <summary>Archives, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Planned(PlanResult result) => Write(PlanOf(result));

    public void Written(IReadOnlyList<WriteResult> results) => Write(new() { ["discs"] = WrittenOf(results) });

    public void Archived(string catalogue, ScanResult scan, PlanResult plan, IReadOnlyList<WriteResult> written) => Write(new()
    {
        ["catalogue"] = catalogue,
        ["sources"] = SourcesOf(scan),
        ["plan"] = PlanOf(plan),
        ["discs"] = WrittenOf(written),
    });

    private static JsonObject PlanOf(PlanResult result) => new()
    {
        ["capacitySectors"] = result.CapacitySectors,
        ["imageSectors"] = result.ImageSectors,
        ["lowerBound"] = result.LowerBound,
        ["gap"] = result.Discs.Count - result.LowerBound,
        ["fill"] = Math.Round(result.Fill, 4),
        ["cohesion"] = Math.Round(result.Cohesion, 4),
        ["spread"] = Math.Round(result.Spread, 4),
        ["files"] = result.Files,
        ["bytes"] = result.Bytes,
        ["references"] = result.References,
        ["namesUnknown"] = result.NamesUnknown,
        ["waiting"] = new JsonArray([.. result.Waiting.Select(number => JsonValue.Create(number))]),
        ["discs"] = new JsonArray([.. result.Discs.Select(disc => new JsonObject
        {
            ["number"] = disc.Number,
            ["label"] = disc.Label,
            ["sectors"] = disc.Sectors,
            ["files"] = disc.Files,
            ["bytes"] = disc.Bytes,
        })]),
        ["divisions"] = new JsonArray([.. result.Divisions.Select(division => new JsonObject
        {
            ["path"] = division.Path,
            ["what"] = division.IsFile ? "file" : "directory",
            ["pieces"] = division.Discs,
            ["why"] = "larger-than-a-disc",
        })]),
    };

    private static JsonArray WrittenOf(IReadOnlyList<WriteResult> results) => new([.. results.Select(result => new JsonObject
    {
        ["number"] = result.Disc.Number,
        ["good"] = result.IsGood,
        ["image"] = result.Image,
        ["sectors"] = result.Disc.Sectors,
        ["sha256"] = result.Sha256,
        ["readBack"] = result.IsReadBack,
        ["wasThere"] = result.WasThere,
        ["problems"] = new JsonArray([.. result.Problems.Select(problem => new JsonObject
        {
            ["path"] = problem.Path,
            ["code"] = problem.Failure.Code,
            ["what"] = problem.Failure.What,
        })]),
    })]);
}
