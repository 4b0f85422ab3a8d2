// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>A rule of a standard that a medium can break.</summary>
/// <param name="Id">Stable name, never reused; documented in docs/findings.md.</param>
/// <param name="Source">Standard and clause, by the short names of docs/sources.md.</param>
/// <param name="Summary">What the rule demands, in one clause.</param>
public sealed record Rule(string Id, string Source, string Summary);
