// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>A job as the register knows it. Moments are those of the register's clock.</summary>
public sealed record Job
{
    /// <summary>What was ordered.</summary>
    public required JobOrder Order { get; init; }

    /// <summary>What people call it by: from 1, rising with age, never given twice.</summary>
    public required long Number { get; init; }

    /// <summary>Where it is on its way.</summary>
    public required JobState State { get; init; }

    /// <summary>What it came to; null before it has ended.</summary>
    public JobOutcome? Outcome { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempt { get; init; }

    /// <summary>The claim that counts, or that ended it; null where nobody has it.</summary>
    public Claim? Claim { get; init; }

    /// <summary>The station that has it, or had it last.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when its station must be heard of.</summary>
    public DateTimeOffset? Lease { get; init; }

    /// <summary>What it was asked.</summary>
    public StopRequest Stop { get; init; }

    /// <summary>The process of its last attempt.</summary>
    public ChildProcess? Child { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its last attempt began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>When its process was last seen alive.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>When something last moved.</summary>
    public DateTimeOffset? Moved { get; init; }

    /// <summary>Its last progress, as JSON.</summary>
    public string? Progress { get; init; }

    /// <summary>Where its document lies, on the station that did it.</summary>
    public string? DocumentPath { get; init; }

    /// <summary>What stopped it.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The exit code of its process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended its process.</summary>
    public int? Signal { get; init; }

    /// <summary>The job that this one does again.</summary>
    public Guid? RetryOf { get; init; }
}
