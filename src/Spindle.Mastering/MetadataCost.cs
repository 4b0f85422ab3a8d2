// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>What directories cost on a disc, beside the content of their files. Costs add up: <see cref="VolumeGeometry"/> makes a volume of the sum.</summary>
/// <param name="UdfSectors">File entries of the directory and of the files that it names first, its names, and links where UDF has them.</param>
/// <param name="IsoSectors">Directory records of ISO 9660, and what of Rock Ridge does not fit into them.</param>
/// <param name="JolietSectors">Directory records of Joliet.</param>
/// <param name="IsoPathTableBytes">Path table records of the directories in it; one of the two tables, in bytes.</param>
/// <param name="JolietPathTableBytes">The same for Joliet.</param>
/// <param name="MovedDirectories">Directories in it that lie too deep for ISO 9660.</param>
public readonly record struct MetadataCost(
    long UdfSectors, long IsoSectors, long JolietSectors, long IsoPathTableBytes, long JolietPathTableBytes, long MovedDirectories)
{
    /// <summary>What both cost together.</summary>
    public static MetadataCost operator +(MetadataCost left, MetadataCost right) => new(
        left.UdfSectors + right.UdfSectors,
        left.IsoSectors + right.IsoSectors,
        left.JolietSectors + right.JolietSectors,
        left.IsoPathTableBytes + right.IsoPathTableBytes,
        left.JolietPathTableBytes + right.JolietPathTableBytes,
        left.MovedDirectories + right.MovedDirectories);

    /// <summary>What is left of a cost without another one.</summary>
    public static MetadataCost operator -(MetadataCost left, MetadataCost right) => new(
        left.UdfSectors - right.UdfSectors,
        left.IsoSectors - right.IsoSectors,
        left.JolietSectors - right.JolietSectors,
        left.IsoPathTableBytes - right.IsoPathTableBytes,
        left.JolietPathTableBytes - right.JolietPathTableBytes,
        left.MovedDirectories - right.MovedDirectories);

    /// <summary>What both cost together.</summary>
    public static MetadataCost Add(MetadataCost left, MetadataCost right) => left + right;

    /// <summary>What is left of a cost without another one.</summary>
    public static MetadataCost Subtract(MetadataCost left, MetadataCost right) => left - right;
}
