// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Extracting;

/// <summary>How far an extraction is: totals.</summary>
/// <param name="Files">Files written.</param>
/// <param name="Bytes">Bytes written.</param>
/// <param name="Path">The file at hand, by its path on the disc.</param>
public sealed record ExtractionProgress(long Files, long Bytes, string Path);
