// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Discs;

/// <summary>One answer of a drive to how long its disc is.</summary>
/// <param name="Source">Stable name of the command that it came from, such as <c>read-capacity</c>.</param>
/// <param name="Clause">The standard that says what the command means.</param>
/// <param name="Sectors">Sectors from the start of the disc.</param>
public sealed record DiscSize(string Source, string Clause, long Sectors);
