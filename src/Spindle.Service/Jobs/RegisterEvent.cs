// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>One change. Progress is none.</summary>
/// <param name="Id">Rises in the order in which changes were made for good: who asks for what is behind the last one that it saw misses nothing. Numbers may be left out.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What changed.</param>
/// <param name="Job">Of which job; null for a station.</param>
/// <param name="Token">Of which claim.</param>
/// <param name="Attempt">Of which attempt.</param>
/// <param name="By">The station, or the person, who made it; empty where nobody said.</param>
/// <param name="Detail">As the kind says.</param>
public sealed record RegisterEvent(long Id, DateTimeOffset At, RegisterEventKind Kind, Guid? Job, Guid? Token, int? Attempt, string By, string Detail);
