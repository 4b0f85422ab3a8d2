// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Service.Jobs;

namespace Spindle.Service.Documents;

/// <summary>A job, as programs, pages and terminals are told of it.</summary>
public sealed record JobPart
{
    /// <summary>How long nothing may move before that is said, and before how long it still takes is not.</summary>
    public static TimeSpan Quiet { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Names it for ever.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it by.</summary>
    public required long Number { get; init; }

    /// <summary>What is asked for.</summary>
    public required string Verb { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Where it is on its way.</summary>
    [JsonConverter(typeof(JsonForm.Words<JobState>))]
    public required JobState State { get; init; }

    /// <summary>What it came to; null before it has ended.</summary>
    [JsonConverter(typeof(JsonForm.Words<JobOutcome>))]
    public JobOutcome? Outcome { get; init; }

    /// <summary>When it was entered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When its process was last seen alive.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>When something last moved: a number of its progress, or bytes that it read.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>What its process is seen to do; null where it has none, or nobody looks.</summary>
    public JobActivity? Doing { get; init; }

    /// <summary>What a queued one waits for; none where it waits for its turn alone.</summary>
    public IReadOnlyList<JobWaitPart> WaitsFor { get; init; } = [];

    /// <summary>What it has for itself while it runs.</summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>How far it is.</summary>
    public JobProgressPart? Progress { get; init; }

    /// <summary>What stopped it.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The exit code of its process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended its process.</summary>
    public int? Signal { get; init; }

    /// <summary>The higher goes first; 0 is usual.</summary>
    public int Priority { get; init; }

    /// <summary>What it was asked: to stop in order, or at once.</summary>
    [JsonConverter(typeof(JsonForm.Words<StopRequest>))]
    public StopRequest Stop { get; init; }

    /// <summary>Since when; null where it was not, or nobody here knows. A drive may be stuck in a read for minutes.</summary>
    public DateTimeOffset? StopAskedAt { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>The job that it does again.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>The batch that it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? Operator { get; init; }

    /// <summary>The station that has it, or had it last.</summary>
    public string? Station { get; init; }

    /// <summary>What it needs of a person.</summary>
    public JobQuestionPart? Question { get; init; }

    /// <summary>What a queued one waits for, in plain English; null where it does not wait.</summary>
    [JsonIgnore]
    public string? Waiting => State != JobState.Queued ? null : WaitsFor is not [var wait, ..] ? "waits for its turn"
        : wait.Job is { } holder ? string.Create(CultureInfo.InvariantCulture, $"waits for {wait.Words}, which job {holder} has")
        : $"waits until {wait.Words} is not paused any more";

    /// <summary>For how long nothing has moved, as of a moment; null where it does not run, or something moved within <see cref="Quiet"/>.</summary>
    public TimeSpan? StillFor(DateTimeOffset now) =>
        State is JobState.Running or JobState.Stopping && MovedAt is { } moved && now - moved >= Quiet ? now - moved : null;

    /// <summary>Tells of a job.</summary>
    /// <param name="job">As the register has it.</param>
    /// <param name="now">By the register's clock.</param>
    /// <param name="around">What else is known.</param>
    public static JobPart Of(Job job, DateTimeOffset now, JobSurroundings around)
    {
        bool isHeld = job.State is JobState.Running or JobState.Stopping;
        JobLive? live = isHeld ? around.Live.GetValueOrDefault(job.Order.Id) : null;
        JobPart part = new()
        {
            Id = job.Order.Id,
            Number = job.Number,
            Verb = job.Order.Verb,
            Title = job.Order.Title,
            State = job.State,
            Outcome = job.Outcome,
            CreatedAt = job.Created,
            StartedAt = job.Started,
            EndedAt = job.Ended,
            HeartbeatAt = live?.Heartbeat ?? job.Heartbeat,
            MovedAt = live?.Moved ?? job.Moved,
            Doing = live?.Activity,
            WaitsFor = job.State == JobState.Queued ? [.. around.Waits.Where(wait => wait.Job == job.Order.Id).Select(JobWaitPart.Of)] : [],
            Resources = job.Order.Resources,
            Progress = live?.Progress ?? JobProgressPart.Parse(job.Progress),
            Failure = job.Failure,
            ExitCode = job.ExitCode,
            Signal = job.Signal,
            Priority = job.Order.Priority,
            Stop = job.Stop,
            StopAskedAt = live?.StopAsked,
            Attempt = job.Attempt,
            RetryOf = job.RetryOf,
            Batch = job.Order.Batch,
            Operator = job.Order.Operator,
            Station = job.Holder,
            Question = isHeld && around.Questions.FirstOrDefault(question => question.Job == job.Order.Id) is { } asked ? new(asked.Id, asked.Code, asked.Text) : null,
        };
        return part.StillFor(now) is null && isHeld ? part : part with { Progress = part.Progress is { } quiet ? quiet with { SecondsLeft = null } : null };
    }
}

/// <summary>What is known around jobs: of some of them, or of all.</summary>
/// <param name="Waits">What queued ones wait for.</param>
/// <param name="Questions">What is to be answered.</param>
/// <param name="Live">What is seen of those that run here.</param>
public sealed record JobSurroundings(IReadOnlyList<JobWait> Waits, IReadOnlyList<JobQuestion> Questions, IReadOnlyDictionary<Guid, JobLive> Live)
{
    /// <summary>Nothing.</summary>
    public static JobSurroundings Unknown { get; } = new([], [], new Dictionary<Guid, JobLive>());
}

/// <summary>What a job waits for.</summary>
/// <param name="Kind">What it is: <c>drive</c>, <c>catalogue</c>, <c>target</c>, <c>cpu</c>; <c>station</c> where all of that is paused.</param>
/// <param name="Name">Which one.</param>
/// <param name="Job">The number of the job that has it; null where a person paused it.</param>
public sealed record JobWaitPart(string Kind, string Name, long? Job)
{
    /// <summary>The same in plain English.</summary>
    [JsonIgnore]
    public string Words => Kind switch
    {
        "cpu" => "a processor",
        "target" => Name,
        "station" => "this station",
        _ => $"the {Kind} {Name}",
    };

    internal static JobWaitPart Of(JobWait wait)
    {
        int colon = wait.Resource.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new(wait.Resource, wait.Resource, wait.HolderNumber) : new(wait.Resource[..colon], wait.Resource[(colon + 1)..], wait.HolderNumber);
    }
}

/// <summary>What a job needs of a person.</summary>
/// <param name="Id">By which it is answered.</param>
/// <param name="Code">Stable name for programs that answer.</param>
/// <param name="Text">In plain English.</param>
public sealed record JobQuestionPart(Guid Id, string Code, string Text);
