// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>One line of a drawn tree.</summary>
/// <param name="Entry">What it shows.</param>
/// <param name="Size">Bytes of it; of a directory, its own and those of all that lies below it.</param>
/// <param name="IsLast">Whether it is the last of its directory.</param>
public readonly record struct OutlineEntry(VolumeEntry Entry, long Size, bool IsLast);
