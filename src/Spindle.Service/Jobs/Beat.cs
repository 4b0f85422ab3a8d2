// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>That a job is alive: what its station has seen of it. Ages, not moments: only the register's clock counts.</summary>
/// <param name="Token">Of its claim.</param>
/// <param name="SinceSeen">How long ago its process was seen alive.</param>
/// <param name="SinceMoved">How long ago something moved: a number of its progress, or bytes that it read.</param>
/// <param name="Progress">Its last progress, as JSON; null where there is none, or none that is new.</param>
public sealed record Beat(Guid Token, TimeSpan SinceSeen, TimeSpan SinceMoved, string? Progress = null);
