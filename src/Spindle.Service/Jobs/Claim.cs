// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>A job in the hands of a station: who reports has it, or had it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Token">Drawn at random for this claim and never used again. No counter: a register that went back to an older state would issue a number twice.</param>
/// <param name="Station">Whose it is.</param>
public readonly record struct Claim(Guid Job, Guid Token, string Station);
