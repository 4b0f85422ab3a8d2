// SPDX-License-Identifier: MIT
namespace Spindle.Service.Documents;

/// <summary>What is known of a running job that is not in the register yet: it is written there only every few seconds.</summary>
/// <param name="Heartbeat">When its process was last seen alive.</param>
/// <param name="Moved">When something last moved.</param>
/// <param name="Activity">What its process is seen to do; null where the system does not say.</param>
/// <param name="Progress">Its last progress; null where there is none yet.</param>
public sealed record JobLive(DateTimeOffset Heartbeat, DateTimeOffset Moved, JobActivity? Activity, JobProgressPart? Progress)
{
    /// <summary>When it was asked to stop; null where it was not, or before this program ran.</summary>
    public DateTimeOffset? StopAsked { get; init; }
}
