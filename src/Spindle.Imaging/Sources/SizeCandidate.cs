// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>How long a disc is, according to one of those who say so.</summary>
/// <param name="Source">Who says so: <c>device</c>, <c>ISO 9660</c>, <c>UDF</c>…</param>
/// <param name="Bytes">The size, in bytes from the start of the medium.</param>
/// <param name="Clause">The standard and clause of the field that says so; null for the device.</param>
public sealed record SizeCandidate(string Source, long Bytes, string? Clause = null);
