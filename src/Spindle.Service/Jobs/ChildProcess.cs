// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>The process that does a job.</summary>
/// <param name="Id">Its number on its machine.</param>
/// <param name="Started">What the system says of its start, in words that only the system must understand again: numbers of processes come back, and another process of that number has another start.</param>
public readonly record struct ChildProcess(int Id, string Started);
