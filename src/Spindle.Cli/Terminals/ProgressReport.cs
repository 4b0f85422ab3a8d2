// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Nodes;
using Spindle.Media;

namespace Spindle.Cli.Terminals;

/// <summary>Tells how far any work is: to people in a line that is drawn anew, to programs in one JSON object a line (<c>spindle/progress/1</c>), or to nobody.</summary>
/// <remarks>The lines are paced by <see cref="LiveLines"/>, which tells of the end of each stage, and of silence, too.</remarks>
internal sealed class ProgressReport : IProgress<WorkProgress>
{
    private const string Schema = "spindle/progress/1";

    private static readonly TimeSpan ShortestMeasured = TimeSpan.FromSeconds(0.5); // a speed of less is one of caches

    private readonly LiveLines _live;
    private readonly ProgressStyle _style;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private WorkProgress _last;
    private long _doneAtStart;
    private long _start;

    public ProgressReport(Terminal terminal, ProgressStyle style)
    {
        (_live, _style, _time) = (terminal.Live, style, terminal.Time);
        _live.IsForPrograms = style == ProgressStyle.Json;
    }

    public void Report(WorkProgress value)
    {
        if (_style == ProgressStyle.None)
        {
            return;
        }

        lock (_lock)
        {
            bool isNew = value.Stage != _last.Stage || value.Done < _last.Done; // the next disc begins anew
            if (isNew)
            {
                (_start, _doneAtStart) = (_time.GetTimestamp(), value.Done);
            }

            _last = value;
            (long start, long doneAtStart) = (_start, _doneAtStart);
            if (_style == ProgressStyle.Json)
            {
                _live.Update(silence => [Json(value, _time.GetElapsedTime(start), doneAtStart, silence)], null, isNew);
                return;
            }

            _live.Update(_ => [Line(value, _time.GetElapsedTime(start), doneAtStart)], value.IsOfDrive ? "The drive has not answered" : "Nothing has come", isNew);
        }
    }

    /// <summary>Units a second; null where nothing can be said of it.</summary>
    private static double? Rate(WorkProgress value, TimeSpan elapsed, long doneAtStart) =>
        value.Done > doneAtStart && elapsed >= ShortestMeasured ? (value.Done - doneAtStart) / elapsed.TotalSeconds : null;

    private static TimeSpan? Left(WorkProgress value, double? rate) =>
        rate is { } known && value.IsSteady && value.Total > 0
            ? TimeSpan.FromSeconds(Math.Min(Math.Max(0, value.Total - value.Done) / known, TimeSpan.MaxValue.TotalSeconds / 2))
            : null;

    private static string Line(WorkProgress value, TimeSpan elapsed, long doneAtStart)
    {
        double? rate = Rate(value, elapsed, doneAtStart);
        string stage = value.Stage.Replace('-', ' ');
        string amount = value is { Done: 0, Total: 0 } ? "" // nothing is counted
            : value.Unit == WorkProgress.Bytes ? $" {Figures.Size(value.Done)}{(value.Total > 0 ? $" of {Figures.Size(value.Total)}" : "")}"
            : string.Create(CultureInfo.InvariantCulture, $" {value.Done}{(value.Total > 0 ? $" of {value.Total}" : "")} {(Math.Max(value.Done, value.Total) == 1 ? OfOne(value.Unit) : value.Unit)}");
        IEnumerable<string?> parts =
        [
            $"{char.ToUpperInvariant(stage[0])}{stage[1..]}{amount}{(value.Total > 0 ? $" ({100 * (Int128)value.Done / value.Total} %)" : "")}",
            value.Trouble is { } trouble ? string.Create(CultureInfo.InvariantCulture, $"{trouble.Count} {(trouble.Count == 1 ? OfOne(trouble.What) : trouble.What)}") : null,
            rate is { } speed && value.Unit == WorkProgress.Bytes ? string.Create(CultureInfo.InvariantCulture, $"{speed / 1e6:F2} MB/s") : null,
            $"{Figures.Duration(elapsed)} elapsed",
            value.Done < value.Total && Left(value, rate) is { } left ? $"{Figures.Duration(left)} left" : null,
        ];
        return $"{string.Join(", ", parts.OfType<string>())}{(value.Item is null ? "" : $": {value.Item}")}";
    }

    /// <summary><c>sector unreadable</c> of <c>sectors unreadable</c>: what is counted is the first word, with an s.</summary>
    internal static string OfOne(string ofSeveral)
    {
        int end = ofSeveral.IndexOf(' ') is > 1 and int space ? space : ofSeveral.Length;
        string noun = ofSeveral[..end];
        return (noun.EndsWith("ies", StringComparison.Ordinal) ? noun[..^3] + "y" : noun.TrimEnd('s')) + ofSeveral[end..];
    }

    private static string Json(WorkProgress value, TimeSpan elapsed, long doneAtStart, TimeSpan silence)
    {
        double? rate = Rate(value, elapsed, doneAtStart);
        return new JsonObject
        {
            ["schema"] = Schema,
            ["stage"] = value.Stage,
            ["done"] = value.Done,
            ["total"] = value.Total > 0 ? value.Total : null,
            ["unit"] = value.Unit,
            ["item"] = value.Item,
            ["trouble"] = value.Trouble is { } trouble ? new JsonObject { ["count"] = trouble.Count, ["what"] = trouble.What } : null,
            ["rate"] = rate is { } known ? Math.Round(known, 3) : null,
            ["secondsLeft"] = Left(value, rate) is { } left ? Math.Round(left.TotalSeconds, 1) : null,
            ["elapsedSeconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["silentSeconds"] = Math.Round(silence.TotalSeconds, 3),
        }.ToJsonString();
    }
}
