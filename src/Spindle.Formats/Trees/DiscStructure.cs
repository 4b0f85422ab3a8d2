// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>A part of a disc that describes it: a descriptor, a table, a catalogue.</summary>
/// <param name="Name">What it is, as its standard calls it.</param>
/// <param name="Extent">Where it lies.</param>
public readonly record struct DiscStructure(string Name, Extent Extent);
