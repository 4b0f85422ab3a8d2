// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What a queued job waits for.</summary>
/// <param name="Job">The one that waits.</param>
/// <param name="Resource">What it needs.</param>
/// <param name="Holder">The job that has it.</param>
/// <param name="HolderNumber">That job's number.</param>
public sealed record JobWait(Guid Job, string Resource, Guid Holder, long HolderNumber);
