// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Merging;

/// <summary>A partial copy: an image, and the map that says which of its sectors were read.</summary>
/// <param name="Image">The image file.</param>
/// <param name="Map">Its ddrescue map.</param>
public sealed record MergeSource(string Image, string Map);
