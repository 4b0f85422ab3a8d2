// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>First sectors of the parts of an image, in their order; each goes up to the next.</summary>
internal readonly record struct VolumeRegions
{
    /// <summary>Bytes of one path table of ISO 9660.</summary>
    public required long IsoPathTableBytes { get; init; }

    /// <summary>Bytes of one path table of Joliet.</summary>
    public required long JolietPathTableBytes { get; init; }

    /// <summary>The L path table of ISO 9660.</summary>
    public static long IsoPathTableL => VolumeGeometry.FirstFree;

    /// <summary>The M path table of ISO 9660.</summary>
    public long IsoPathTableM => IsoPathTableL + VolumeGeometry.SectorsOf(IsoPathTableBytes);

    /// <summary>The L path table of Joliet.</summary>
    public long JolietPathTableL => IsoPathTableM + VolumeGeometry.SectorsOf(IsoPathTableBytes);

    /// <summary>The M path table of Joliet.</summary>
    public long JolietPathTableM => JolietPathTableL + VolumeGeometry.SectorsOf(JolietPathTableBytes);

    /// <summary>Directories of ISO 9660, each with its continuation areas. Behind the root, the directory that holds those that lie too deep.</summary>
    public required long IsoDirectories { get; init; }

    /// <summary>Sectors of the directory that holds those that lie too deep; none where there are none.</summary>
    public required long MovedRecordSectors { get; init; }

    /// <summary>Sectors of the names of those.</summary>
    public required long MovedNameSectors { get; init; }

    /// <summary>Directories of Joliet.</summary>
    public required long JolietDirectories { get; init; }

    /// <summary>First sector of the partition.</summary>
    public required long Partition { get; init; }

    /// <summary>File set descriptor and file entries; with a metadata partition, behind the file entry of the metadata file.</summary>
    public required long Metadata { get; init; }

    /// <summary>Contents of files.</summary>
    public required long Contents { get; init; }

    /// <summary>First sector behind the contents; with a metadata partition, the file entry of the mirror.</summary>
    public required long ContentsEnd { get; init; }

    /// <summary>The mirror of the metadata; nothing where there is none.</summary>
    public required long Mirror { get; init; }

    /// <summary>First sector behind the partition: the reserve volume descriptor sequence.</summary>
    public required long PartitionEnd { get; init; }

    /// <summary>First sector behind the image; the one before it is the last anchor.</summary>
    public required long End { get; init; }
}
