// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>Jobs that belong together, such as an afternoon's stack of discs.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Jobs">How many jobs of it are known.</param>
/// <param name="Opened">When it was opened: by a person, or by its first job.</param>
/// <param name="Closed">When it was closed; null while it takes jobs.</param>
/// <param name="Last">When its last job was entered; null where it has none.</param>
public sealed record JobBatch(string Name, long Jobs, DateTimeOffset Opened, DateTimeOffset? Closed, DateTimeOffset? Last);
