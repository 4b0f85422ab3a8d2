// SPDX-License-Identifier: MIT
namespace Spindle.Mutate;

/// <summary>What areas.json says: which folders count together, and how likely each kind of mutant is to be drawn.</summary>
internal sealed record AreaList(Dictionary<string, double> Weights, Area[] Areas);

/// <summary>Folders of a project that count together.</summary>
/// <param name="Name">What the table calls them.</param>
/// <param name="Project">Below src.</param>
/// <param name="Folders">Below the project; <c>.</c> is its own.</param>
internal sealed record Area(string Name, string Project, string[] Folders);
