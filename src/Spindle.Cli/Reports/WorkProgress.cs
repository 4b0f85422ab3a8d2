// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Nodes;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Records;

namespace Spindle.Cli.Reports;

/// <summary>How far some work is.</summary>
/// <param name="Stage">What is being done, in the words for programs, such as <c>laying-out</c>.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; 0 where that is not known.</param>
/// <param name="Unit">What is counted: <c>B</c> for bytes, otherwise a word such as <c>discs</c>.</param>
/// <param name="Item">What is being worked on just now.</param>
internal readonly record struct WorkProgress(string Stage, long Done, long Total, string Unit, string? Item = null);

/// <summary>Progress of work for people: a line.</summary>
internal sealed class WorkProgressText(LiveLines live) : IProgress<WorkProgress>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Lock _lock = new();
    private string? _stage;

    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            bool isNewStage = value.Stage != _stage;
            _stage = value.Stage;
            live.Update(_ => [Line(value, TimeProvider.System.GetElapsedTime(_start))], "Nothing has come", isNewStage);
        }
    }

    private static string Line(WorkProgress value, TimeSpan elapsed)
    {
        string amount = value is { Done: 0, Total: 0 } ? "" // nothing is counted
            : value.Unit == "B" ? $" {Figures.Size(value.Done)}{(value.Total > 0 ? $" of {Figures.Size(value.Total)}" : "")}"
            : string.Create(CultureInfo.InvariantCulture, $" {value.Done}{(value.Total > 0 ? $" of {value.Total}" : "")} {value.Unit}");
        string share = value.Total > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({100.0 * value.Done / value.Total:F0} %)") : "";
        string stage = value.Stage.Replace('-', ' ');
        string item = value.Item is null ? "" : $": {value.Item}";
        return $"{char.ToUpperInvariant(stage[0])}{stage[1..]}{amount}{share}, {Figures.Duration(elapsed)}{item}";
    }
}

/// <summary>Progress of work for programs: one JSON object a line, at most ten a second.</summary>
internal sealed class WorkProgressJson(TextWriter writer) : IProgress<WorkProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan? _last;
    private string? _stage;

    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_start);
            if (_last is { } last && elapsed - last < Interval && value.Stage == _stage && value.Done < value.Total)
            {
                return;
            }

            (_last, _stage) = (elapsed, value.Stage);
            writer.WriteLine(new JsonObject
            {
                ["schema"] = "spindle/progress/1",
                ["stage"] = value.Stage,
                ["done"] = value.Done,
                ["total"] = value.Total,
                ["unit"] = value.Unit,
                ["item"] = value.Item,
                ["elapsedSeconds"] = Math.Round(elapsed.TotalSeconds, 3),
            }.ToJsonString());
        }
    }
}
