// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>Where a job is on its way. What it came to is another matter: <see cref="JobOutcome"/>.</summary>
public enum JobState
{
    /// <summary>It waits for its turn, or for a resource that another job holds.</summary>
    Queued,

    /// <summary>A station has it, and renews its lease.</summary>
    Running,

    /// <summary>The same, and it was asked to stop.</summary>
    Stopping,

    /// <summary>It is over, and has an outcome.</summary>
    Ended,

    /// <summary>Its station was not heard of in time. It keeps its resources, for it may still work: until that station takes it up again, or a person releases it.</summary>
    Lost,
}
