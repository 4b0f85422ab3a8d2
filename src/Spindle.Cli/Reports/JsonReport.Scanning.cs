// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Scanning;

namespace Spindle.Cli.Reports;

/// <summary>Scans, for programs.</summary>
internal sealed partial class JsonReport
{
    public void Scanned(ScanResult result, string catalogue) => Write(new()
    {
        ["catalogue"] = Path.GetFullPath(catalogue),
        ["sources"] = SourcesOf(result),
    });

    private static JsonArray SourcesOf(ScanResult result) => new([.. result.Sources.Select(scan => new JsonObject
        {
            ["source"] = scan.Source,
            ["prefix"] = scan.Prefix,
            ["scan"] = scan.Scan,
            ["resumed"] = scan.IsResumed,
            ["files"] = scan.Totals.Files,
            ["directories"] = scan.Totals.Directories,
            ["others"] = scan.Totals.Others,
            ["bytes"] = scan.Totals.Bytes,
            ["filesRead"] = scan.FilesRead,
            ["bytesRead"] = scan.BytesRead,
            ["added"] = scan.Changes.Added,
            ["changed"] = scan.Changes.Changed,
            ["moved"] = scan.Changes.Moved,
            ["deleted"] = scan.Changes.Deleted,
            ["problemCount"] = scan.ProblemCount,
            ["problems"] = new JsonArray([.. scan.Problems.Select(FailureOf)]),
            ["concerns"] = new JsonArray([.. scan.Concerns.Select(FailureOf)]),
            ["durationSeconds"] = Math.Round(scan.Duration.TotalSeconds, 3),
        })]);
}
