// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Imaging;

namespace Spindle.Cli.Reports;

/// <summary>Progress for programs: one JSON object a line, at most ten a second.</summary>
internal sealed class ProgressJson(TextWriter writer) : IProgress<ImagingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private ImagingProgress? _last;

    public void Report(ImagingProgress value)
    {
        bool isDue = _last is null || _last.Stage != value.Stage || value.BytesDone == value.BytesTotal || value.Elapsed - _last.Elapsed >= Interval;
        if (!isDue)
        {
            return;
        }

        _last = value;
        writer.WriteLine(new JsonObject
        {
            ["schema"] = "spindle/progress/1",
            ["stage"] = StageName(value.Stage),
            ["bytesDone"] = value.BytesDone,
            ["bytesTotal"] = value.BytesTotal,
            ["sectorsUnreadable"] = value.SectorsUnreadable,
            ["elapsedSeconds"] = Math.Round(value.Elapsed.TotalSeconds, 3),
        }.ToJsonString());
    }

    private static string StageName(ImagingStage stage) => stage switch
    {
        ImagingStage.Copying => "copying",
        ImagingStage.Hashing => "hashing",
        ImagingStage.VerifyingImage => "verifying-image",
        _ => "verifying-disc",
    };
}
