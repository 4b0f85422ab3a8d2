// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Archiving.Scanning;

namespace Spindle.Cli.Reports;

/// <summary>Progress of a scan for programs: one JSON object a line. The scan itself tells at most ten times a second.</summary>
internal sealed class ScanProgressJson(TextWriter writer) : IProgress<ScanProgress>
{
    public void Report(ScanProgress value) => writer.WriteLine(new JsonObject
    {
        ["schema"] = "spindle/progress/1",
        ["stage"] = "scanning",
        ["source"] = value.Source,
        ["files"] = value.Files,
        ["filesRead"] = value.FilesRead,
        ["bytesDone"] = value.BytesRead,
        ["elapsedSeconds"] = Math.Round(value.Elapsed.TotalSeconds, 3),
    }.ToJsonString());
}
