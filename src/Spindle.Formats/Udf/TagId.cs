// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What a descriptor is (ECMA-167 3/7.2.1, 4/7.2.1).</summary>
public static class TagId
{
    /// <summary>Sparing table (UDF 2.60 §2.2.12).</summary>
    public const int SparingTable = 0;

    /// <summary>Primary volume descriptor (ECMA-167 3/10.1).</summary>
    public const int PrimaryVolume = 1;

    /// <summary>Anchor volume descriptor pointer (3/10.2).</summary>
    public const int Anchor = 2;

    /// <summary>Volume descriptor pointer (3/10.3).</summary>
    public const int VolumePointer = 3;

    /// <summary>Implementation use volume descriptor (3/10.4).</summary>
    public const int ImplementationUse = 4;

    /// <summary>Partition descriptor (3/10.5).</summary>
    public const int Partition = 5;

    /// <summary>Logical volume descriptor (3/10.6).</summary>
    public const int LogicalVolume = 6;

    /// <summary>Unallocated space descriptor (3/10.8).</summary>
    public const int UnallocatedSpace = 7;

    /// <summary>Terminating descriptor (3/10.9, 4/14.2).</summary>
    public const int Terminating = 8;

    /// <summary>Logical volume integrity descriptor (3/10.10).</summary>
    public const int LogicalVolumeIntegrity = 9;

    /// <summary>File set descriptor (4/14.1).</summary>
    public const int FileSet = 256;

    /// <summary>File identifier descriptor (4/14.4).</summary>
    public const int FileIdentifier = 257;

    /// <summary>Allocation extent descriptor (4/14.5).</summary>
    public const int AllocationExtent = 258;

    /// <summary>Indirect entry (4/14.7).</summary>
    public const int IndirectEntry = 259;

    /// <summary>File entry (4/14.9).</summary>
    public const int FileEntry = 261;

    /// <summary>Extended attribute header descriptor (4/14.10.1).</summary>
    public const int ExtendedAttributeHeader = 262;

    /// <summary>Extended file entry (4/14.17).</summary>
    public const int ExtendedFileEntry = 266;
}
