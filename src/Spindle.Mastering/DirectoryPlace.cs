// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>Where the parts of a directory lie. Sectors and blocks count from the start of their region: what tail contents come to changes none of them.</summary>
internal struct DirectoryPlace
{
    /// <summary>Number in the tree.</summary>
    public int Entry;

    /// <summary>The directory above, as a number of places.</summary>
    public int Parent;

    /// <summary>Directories above.</summary>
    public int Depth;

    /// <summary>Directories in it.</summary>
    public int Subdirectories;

    /// <summary>Which of the moved directories it is, from 1 on; 0 if it is none.</summary>
    public int MovedNumber;

    /// <summary>Block of the file entry, in the partition of file entries; names follow.</summary>
    public uint UdfBlock;

    /// <summary>Sector in the region of ISO 9660's directories.</summary>
    public uint IsoSector;

    /// <summary>Sectors kept for records, before the continuation areas.</summary>
    public uint IsoSectors;

    /// <summary>Sectors that records take.</summary>
    public uint IsoUsed;

    /// <summary>Sectors of continuation areas.</summary>
    public uint IsoContinued;

    /// <summary>Sector in the region of Joliet's directories.</summary>
    public uint JolietSector;

    /// <summary>Sectors of its records.</summary>
    public uint JolietSectors;

    /// <summary>Bytes of its names in UDF.</summary>
    public long UdfLength;
}
