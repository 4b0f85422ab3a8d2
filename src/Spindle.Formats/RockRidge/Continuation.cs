// SPDX-License-Identifier: MIT
namespace Spindle.Formats.RockRidge;

/// <summary>A continuation area: entries of one record that lie together in a sector (SUSP-1.12 §5.1).</summary>
/// <param name="Position">Where it begins, in bytes from the first continuation sector of the directory.</param>
/// <param name="Start">Which of the record's entries it begins with, in bytes of them.</param>
/// <param name="Length">Bytes of entries, without a CE that leads on.</param>
public readonly record struct Continuation(long Position, int Start, int Length);
