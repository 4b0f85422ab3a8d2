// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>What every tree has to keep to, whatever its format.</summary>
public static class VolumeRules
{
    /// <summary>A tree has no loops.</summary>
    public static readonly Rule DirectoryOnce = new("VOL001", "Spindle", "a directory is reached by one path only, never from within itself");

    /// <summary>Directories don't claim more than the medium holds.</summary>
    public static readonly Rule DirectoriesBounded = new("VOL002", "Spindle", "directories are at most 786,432, have no more bytes than their medium could hold, and at most 200,000 extents one above the other");

    /// <summary>Trees end somewhere.</summary>
    public static readonly Rule DepthBounded = new("VOL003", "Spindle", "directories lie at most 1024 deep, and their paths have at most 8192 characters");

    /// <summary>Files lie on the medium.</summary>
    public static readonly Rule ExtentOnMedium = new("VOL004", "Spindle", "every extent of a file lies on the medium");

    /// <summary>Files share extents wholly or not at all.</summary>
    public static readonly Rule ExtentsApart = new("VOL005", "Spindle", "two files share an extent wholly or not at all");

    /// <summary>Names can be used.</summary>
    public static readonly Rule NameUsable = new("VOL006", "Spindle", "a name is not empty, not . or .., and has no slash and no zero character");

    /// <summary>Structures are not led round in circles.</summary>
    public static readonly Rule ReadingBounded = new("VOL007", "Spindle", "the structures of a tree can be read without going over the same ones again and again");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } =
        [DirectoryOnce, DirectoriesBounded, DepthBounded, ExtentOnMedium, ExtentsApart, NameUsable, ReadingBounded];
}
