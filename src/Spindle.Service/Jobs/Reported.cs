// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>How an end that was reported counts.</summary>
public enum Reported
{
    /// <summary>It is the job's end.</summary>
    Current,

    /// <summary>It was that before: the same was reported again.</summary>
    Already,

    /// <summary>The job had been given up, or was given to another: what was reported is kept apart (<see cref="LateReport"/>), and is not the result.</summary>
    Late,
}
