// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>One place where a medium deviates from its standard.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Position">Byte of the medium at which the structure or field lies.</param>
/// <param name="Detail">What was found there, with the numbers.</param>
public sealed record Finding(Rule Rule, long Position, string Detail);
