// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What a station reported of a job that it did not have any more. The image that it made may be perfect: a person decides.</summary>
/// <param name="Claim">The claim that had been given up.</param>
/// <param name="At">When it was reported.</param>
/// <param name="End">What was reported.</param>
/// <param name="IsTaken">What was decided: it became the job's result, or it was discarded; null before that.</param>
public sealed record LateReport(Claim Claim, DateTimeOffset At, JobEnd End, bool? IsTaken);
