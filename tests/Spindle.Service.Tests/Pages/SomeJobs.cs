// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Tests.Pages;

/// <summary>Jobs as pages get them.</summary>
internal static class SomeJobs
{
    /// <summary>What somebody put on a disc who means harm.</summary>
    public const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>\u202Egnp\u0007\u001b[2J";

    public static DateTimeOffset Now { get; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static PageContext Context { get; } = new("/spindle/", "1.2.3", "archive", Now);

    public static JobPart Job(JobState state = JobState.Running, string title = "box12-07") => new()
    {
        Id = Guid.Parse("01890000-0000-7000-8000-000000000000"),
        Number = 57,
        Verb = "image",
        Title = title,
        State = state,
        CreatedAt = Now.AddMinutes(-3),
        StartedAt = state == JobState.Queued ? null : Now.AddMinutes(-2),
        HeartbeatAt = Now.AddSeconds(-2),
        MovedAt = Now.AddSeconds(-1),
        Outcome = state == JobState.Ended ? JobOutcome.Done : null,
        EndedAt = state == JobState.Ended ? Now.AddMinutes(-1) : null,
        Progress = state is JobState.Running ? new() { Stage = "verifying-image", Done = 1_000_000, Total = 8_000_000, Unit = "B", Rate = 24_670_000, SecondsLeft = 84, Item = "a.iso" } : null,
    };
}
