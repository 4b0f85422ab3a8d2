// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Cli.Texts;

/// <summary>Jobs: a line for each, or one with all that is known of it.</summary>
/// <param name="time">The clock, and the zone in which people live.</param>
/// <param name="isDetailed">Whether it is told of each at length.</param>
internal sealed class JobsText(TimeProvider time, bool isDetailed) : IText<JobsDocument>
{
    private const int TitleWidth = 28;

    public void Write(JobsDocument document, TextLines lines)
    {
        if (document.Jobs.Count == 0 && document.Paused.Count == 0 && !lines.IsQuiet)
        {
            lines.Line($"[cyan]There are no jobs, or none of that state.[/]");
        }

        if (!isDetailed && document.Jobs.Count > 0)
        {
            lines.Line($"{"No.",5}  {"State",-14}  {"Verb",-8}  {"Title",-TitleWidth}  {"Since",-16}  Progress");
        }

        foreach (JobPart job in document.Jobs)
        {
            if (isDetailed)
            {
                WriteDetails(job, lines);
            }
            else
            {
                string title = job.Title.Length > TitleWidth ? $"{job.Title[..(TitleWidth - 3)]}..." : job.Title;
                lines.Line($"{job.Number,5}  {$"{Shape(job)} {Word(job)}",-14}  {job.Verb,-8}  {title,-TitleWidth}  {Local(Since(job)),-16}  {Progress(job)}");
            }
        }

        if (document.Next is { } next)
        {
            lines.Aside($"There are older ones: --before {next} lists them.");
        }

        foreach (PausedPart paused in document.Paused)
        {
            string by = paused.By is { } person ? $" by {person}" : "";
            lines.Line($"[yellow]Paused[/]{by} since {Local(paused.Since)}: {(paused.Kind == "station" ? "no job begins" : $"no job begins in the {paused.Kind} {paused.Name}")}; 'spindle jobs continue{(paused.Kind == "station" ? "" : $" {paused.Name}")}' ends that.");
        }

        if (!document.Serving && document.Jobs.Any(job => job.State != JobState.Ended))
        {
            lines.Aside($"No service runs jobs now: 'spindle serve' does.");
        }
    }

    /// <summary>The state in one word: what it came to, where it has ended.</summary>
    internal static string Word(JobPart job) => job switch
    {
        { Outcome: { } outcome } => JsonForm.Word(outcome),
        { Question: not null } => "asks",
        { WaitsFor.Count: > 0 } => "waiting",
        _ => JsonForm.Word(job.State),
    };

    /// <summary>The same as a shape, for who does not tell colours apart, and reads quickly.</summary>
    private static char Shape(JobPart job) => job switch
    {
        { Outcome: JobOutcome.Done } => '+',
        { Outcome: JobOutcome.Incomplete } => '!',
        { Outcome: JobOutcome.Cancelled } => '-',
        { Outcome: not null } => 'x',
        { Question: not null } or { State: JobState.Lost } => '?',
        { State: JobState.Queued } => '.',
        _ => '>',
    };

    private static DateTimeOffset Since(JobPart job) => job.EndedAt ?? job.StartedAt ?? job.CreatedAt;

    private string Progress(JobPart job)
    {
        if (job.Question is { } question)
        {
            return question.Text;
        }

        if (job.State == JobState.Ended)
        {
            return job.Failure?.What ?? "";
        }

        return job.Waiting ?? string.Join(", ", Parts(job).OfType<string>());
    }

    private IEnumerable<string?> Parts(JobPart job)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (job.Progress is { } progress)
        {
            yield return progress.Stage.Replace('-', ' ');
            yield return progress.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} %") : progress.Unit == WorkProgress.Bytes ? Figures.Size(progress.Done) : null;
            yield return progress.Trouble is { } trouble ? $"{TextLines.Number(trouble.Count)} {(trouble.Count == 1 ? ProgressReport.OfOne(trouble.What) : trouble.What)}" : null;
            yield return progress.SecondsLeft is { } left && job.StillFor(now) is null ? $"{Figures.Duration(TimeSpan.FromSeconds(Math.Min(left, int.MaxValue)))} left" : null;
        }

        yield return job.StillFor(now) is { } still ? $"nothing has moved for {Figures.Duration(still)}" : null;
        yield return job.Doing == JobActivity.WaitingForDevice ? "waits for the drive or disk" : null;
        yield return job.State == JobState.Stopping ? job.Stop == StopRequest.Hard ? "is to end at once" : "is to stop" : null;
    }

    private void WriteDetails(JobPart job, TextLines lines)
    {
        lines.Line($"[blue]Job {job.Number}[/]  {job.Title}");
        lines.Value("Verb", job.Verb);
        lines.Value("State", Word(job));
        lines.Value("Entered", Local(job.CreatedAt) + (job.Operator is { } by ? $" by {by}" : ""));
        Value("Begun", job.StartedAt is { } started ? Local(started) + (job.Attempt > 1 ? $" (attempt {job.Attempt})" : "") : null, lines);
        Value("Ended", job.EndedAt is { } ended ? Local(ended) : null, lines);
        Value("Batch", job.Batch, lines);
        Value("Priority", job.Priority == 0 ? null : job.Priority.ToString(CultureInfo.InvariantCulture), lines);
        Value("Needs", job.Resources.Count > 0 ? string.Join(", ", job.Resources) : null, lines);
        Value("Progress", job.State is JobState.Ended ? null : Progress(job) is { Length: > 0 } progress ? progress : null, lines);
        Value("Working on", job.State is JobState.Ended ? null : job.Progress?.Item, lines);
        Value("Asks", job.Question?.Text, lines);
        if (job.Failure is { } failure)
        {
            lines.Failure(failure, isBad: true);
        }
    }

    private static void Value(string name, string? value, TextLines lines)
    {
        if (value is not null)
        {
            lines.Value(name, value);
        }
    }

    private string Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
