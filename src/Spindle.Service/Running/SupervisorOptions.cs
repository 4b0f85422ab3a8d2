// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Running;

/// <summary>How jobs are run.</summary>
public sealed record SupervisorOptions
{
    /// <summary>The folder of the station, in which the folders of jobs are.</summary>
    public required string Folder { get; init; }

    /// <summary>What is started for a job.</summary>
    public required JobProgram Program { get; init; }

    /// <summary>The name of the station, which must stay: by it, a service finds what it had when it was ended.</summary>
    public string Station { get; init; } = Supervisor.ThisStation;

    /// <summary>Names the drive that a path is, to see whether it is the one that was meant.</summary>
    public Func<string, string?> DriveIdentity { get; init; } = _ => null;

    /// <summary>How many jobs run at a time at most, whatever they need.</summary>
    public int MostAtOnce { get; init; } = 32;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told what keeps jobs from being run, each time that this changes; null: nothing does any more.</summary>
    public Action<Failure?> Tell { get; init; } = _ => { };

    /// <summary>How often running jobs are looked at.</summary>
    internal TimeSpan BetweenLooks { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the register is told that they live.</summary>
    internal TimeSpan BetweenBeats { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the register is told how far they are.</summary>
    internal TimeSpan BetweenProgress { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often it is told that the station lives, while there is nothing to do.</summary>
    internal TimeSpan BetweenIdleBeats { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait where something is in the way, at first; each time longer.</summary>
    internal TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long jobs have to end in order when the service stops them, and then to be ended.</summary>
    internal TimeSpan ToStop { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long ended jobs are remembered.</summary>
    internal TimeSpan Remembered { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How many of them at most.</summary>
    internal int MostRemembered { get; init; } = 10_000;
}
