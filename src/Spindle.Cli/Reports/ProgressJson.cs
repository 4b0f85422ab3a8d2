// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Formats.MapFile;
using Spindle.Imaging;

namespace Spindle.Cli.Reports;

/// <summary>Progress for programs: one JSON object a line, at most ten a second.</summary>
internal sealed class ProgressJson(TextWriter writer) : IProgress<ImagingProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private ImagingProgress? _last;

    public void Report(ImagingProgress value)
    {
        bool isEnd = value.BytesDone == value.BytesTotal && _last?.BytesDone != value.BytesDone;
        bool isDue = isEnd || _last is null || Place(_last) != Place(value) || value.Elapsed - _last.Elapsed >= Interval;
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
            ["rescue"] = value.Rescue?.ToString().ToLowerInvariant(),
            ["pass"] = value.Rescue is null ? null : value.Pass,
            ["elapsedSeconds"] = Math.Round(value.Elapsed.TotalSeconds, 3),
        }.ToJsonString());
    }

    private static (ImagingStage Stage, RescueStatus? Rescue, int Pass) Place(ImagingProgress value) => (value.Stage, value.Rescue, value.Pass);

    private static string StageName(ImagingStage stage) => stage switch
    {
        ImagingStage.Copying => "copying",
        ImagingStage.Restoring => "restoring",
        ImagingStage.Hashing => "hashing",
        ImagingStage.VerifyingImage => "verifying-image",
        _ => "verifying-disc",
    };
}
