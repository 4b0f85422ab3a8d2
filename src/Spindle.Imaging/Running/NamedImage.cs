// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Running;

/// <summary>What came of a run, and under which name its image is.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Path">The image: under its name, or as a part file where it must not be taken for good.</param>
/// <param name="KeepsOldImage">Whether an earlier image, which is better, keeps its name and record.</param>
internal readonly record struct NamedImage(ImagingOutcome Outcome, string Path, bool KeepsOldImage);
