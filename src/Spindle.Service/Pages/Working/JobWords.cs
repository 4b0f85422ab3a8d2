// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Pages.Working;

/// <summary>What pages say of a job, text by text: the page as it is drawn and the news that keep it true have the same words from here.</summary>
internal static class JobWords
{
    /// <summary>Its state, as a shape and a word.</summary>
    public static string State(JobPart job) => job.State switch
    {
        JobState.Queued => "○ queued",
        JobState.Running => "▶ running",
        JobState.Stopping => job.Stop == StopRequest.Hard ? "◐ being ended" : "◐ stopping",
        JobState.Lost => "? lost",
        _ => job.Outcome switch
        {
            JobOutcome.Done => "✓ done",
            JobOutcome.Incomplete => "! incomplete",
            JobOutcome.Failed => "✗ failed",
            JobOutcome.Cancelled => "– stopped",
            JobOutcome.Lost => "? lost",
            _ => "✗ crashed",
        },
    };

    /// <summary>The name of that in the style sheet.</summary>
    public static string Kind(JobPart job) => job.State == JobState.Ended && job.Outcome is { } outcome
        ? outcome.ToString().ToLowerInvariant()
        : job.State.ToString().ToLowerInvariant();

    /// <summary>Which share of its stage is done, from 0 to 1; null where nobody knows.</summary>
    public static double? Part(JobPart job) => job.Progress is { Total: > 0 and { } total, Done: var done } ? Math.Clamp((double)done / total, 0, 1) : null;

    /// <summary>The texts that change while it runs, by the names of their places.</summary>
    public static IReadOnlyDictionary<string, string> Fields(JobPart job, DateTimeOffset now) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["state"] = State(job),
        ["stage"] = job.Progress is { } at ? Stage(at) : (job.State is JobState.Running or JobState.Stopping ? "starting" : ""),
        ["amount"] = Amount(job.Progress),
        ["item"] = job.Progress?.Item ?? "",
        ["rate"] = Rate(job),
        ["left"] = job.Progress?.SecondsLeft is { } left ? $"{Figures.Duration(TimeSpan.FromSeconds(Math.Clamp(left, 0, 360_000)))} left" : "",
        ["trouble"] = job.Progress?.Trouble is { } trouble ? string.Create(CultureInfo.InvariantCulture, $"{trouble.Count:N0} {trouble.What}") : "",
        ["alive"] = Alive(job, now),
        ["still"] = Deaf(job, now) is { } deaf ? $"asked to stop {Figures.Duration(deaf)} ago, and goes on: ‘End at once’ ends it" : job.StillFor(now) is { } still ? $"nothing has moved for {Figures.Duration(still)}" : "",
    };

    /// <summary>How it ended, or what it waits for; empty where there is nothing to say.</summary>
    public static string Reason(JobPart job) => job switch
    {
        { Question: { } question } => question.Text,
        { Waiting: { } waiting } => waiting,
        { State: JobState.Lost } => "its station has not been heard of; it may still be working",
        { Failure: { } failure } => failure.What,
        { Outcome: JobOutcome.Crashed, Signal: { } signal } => string.Create(CultureInfo.InvariantCulture, $"signal {signal} ended its process"),
        { Outcome: JobOutcome.Crashed, ExitCode: { } code } => string.Create(CultureInfo.InvariantCulture, $"its process ended with {code} and without a result"),
        { Outcome: JobOutcome.Crashed } => "its process is gone, and left no result",
        _ => "",
    };

    /// <summary>How long it took, or has taken up to now; empty where it has not begun.</summary>
    public static string Took(JobPart job, DateTimeOffset now) =>
        job.StartedAt is { } started && ((job.EndedAt ?? now) - started) is { Ticks: >= 0 } time ? Figures.Duration(time) : "";

    /// <summary>A line of its log, as people read it: what is JSON there is for programs.</summary>
    public static string Line(string line) => JobProgressPart.Parse(line) is { } progress
        ? string.Join("  ", new[] { Stage(progress), Amount(progress), progress.Item }.Where(part => !string.IsNullOrEmpty(part)))
        : line;

    /// <summary>One sentence, for those who hear it.</summary>
    public static string Sentence(JobPart job) => $"{job.Title}: {State(job)[2..]}";

    /// <summary>For how long it has not heard that it is to stop; null where that is less than a minute, or it is not to stop.</summary>
    private static TimeSpan? Deaf(JobPart job, DateTimeOffset now) =>
        job is { State: JobState.Stopping, Stop: StopRequest.Soft, StopAskedAt: { } asked } && now - asked >= TimeSpan.FromMinutes(1) ? now - asked : null;

    private static string Stage(JobProgressPart progress) => progress.Stage.Replace('-', ' ');

    private static string Amount(JobProgressPart? progress)
    {
        if (progress is null)
        {
            return "";
        }

        string Count(long number) => progress.Unit == WorkProgress.Bytes ? Figures.Size(number) : string.Create(CultureInfo.InvariantCulture, $"{number:N0}");
        string unit = progress.Unit == WorkProgress.Bytes ? "" : $" {progress.Unit}";
        return progress.Percent is { } percent
            ? string.Create(CultureInfo.InvariantCulture, $"{percent} % · {Count(progress.Done)} of {Count(progress.Total!.Value)}{unit}")
            : progress.Done > 0 ? $"{Count(progress.Done)}{unit}" : "";
    }

    private static string Rate(JobPart job) => job.Progress is not { Rate: > 0 and { } rate } progress ? ""
        : progress.Unit == WorkProgress.Bytes ? $"{Figures.Size((long)rate)}/s"
        : string.Create(CultureInfo.InvariantCulture, $"{rate:N1} {progress.Unit}/s");

    private static string Alive(JobPart job, DateTimeOffset now)
    {
        if (job.State is not (JobState.Running or JobState.Stopping) || job.HeartbeatAt is not { } seen)
        {
            return "";
        }

        string doing = job.Doing switch
        {
            JobActivity.WaitingForDevice => ", waiting for the drive or a disk",
            JobActivity.Halted => ", halted by somebody",
            _ => "",
        };
        return now - seen < TimeSpan.FromSeconds(10) ? $"alive{doing}" : $"last seen {Figures.Duration(now - seen)} ago{doing}";
    }
}
