// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>A tree of entries in one view of a disc.</summary>
internal abstract class FileTree
{
    /// <summary>Which view it is.</summary>
    public abstract VolumeView View { get; }

    /// <summary>Name of the volume in this view; empty where it has none.</summary>
    public abstract string VolumeIdentifier { get; }

    /// <summary>The root directory.</summary>
    public abstract VolumeEntry Root { get; }

    /// <summary>What the tree hangs on, apart from its directories and files: descriptors, tables, catalogues.</summary>
    public abstract IEnumerable<DiscStructure> Structures { get; }

    /// <summary>Reads the entries of one directory, in the order in which they are recorded.</summary>
    public abstract IEnumerable<VolumeEntry> List(VolumeEntry directory);
}
