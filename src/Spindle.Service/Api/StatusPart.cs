// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Service.Api;

/// <summary>How the service is.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Station">The name under which it does jobs.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="UptimeSeconds">How long ago that was.</param>
/// <param name="Jobs">How many jobs there are in each state.</param>
/// <param name="LastEventId">The last change: what is behind it is at <c>/api/events?after=</c>.</param>
/// <param name="Serving">Whether jobs are run.</param>
/// <param name="Paused">Whether a person keeps them back.</param>
/// <param name="Trouble">What keeps them from being run; null where nothing does.</param>
public sealed record StatusPart(string Version, string Station, DateTimeOffset StartedAt, long UptimeSeconds, JobCounts Jobs, long LastEventId, bool Serving, bool Paused, Failure? Trouble)
{
    /// <summary>Which document it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/status/1";
}

/// <summary>How many jobs there are.</summary>
/// <param name="Queued">Wait.</param>
/// <param name="Running">Are being done.</param>
/// <param name="Stopping">Were asked to stop.</param>
/// <param name="Lost">Of which nobody has heard for too long.</param>
/// <param name="Ended">Are over.</param>
public sealed record JobCounts(long Queued, long Running, long Stopping, long Lost, long Ended);
