// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What became of an order.</summary>
/// <param name="Job">The job: the one that was ordered, or the one that does the same already.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsDuplicate">Nothing was entered: a job that has not ended has the same verb, request and resources.</param>
public readonly record struct Entered(Guid Job, long Number, bool IsDuplicate);
