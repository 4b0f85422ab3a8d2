// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What a queued job waits for.</summary>
/// <param name="Job">The one that waits.</param>
/// <param name="Resource">What it needs: a resource, or its whole station (<see cref="Hold"/>).</param>
/// <param name="HolderNumber">The number of the job that has it; null where a person keeps it back.</param>
public sealed record JobWait(Guid Job, string Resource, long? HolderNumber);
