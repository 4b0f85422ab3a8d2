// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Udf;

/// <summary>What ECMA-167 (3rd edition) and UDF (1.02 to 2.60) demand.</summary>
public static class UdfRules
{
    /// <summary>A tag adds up.</summary>
    public static readonly Rule TagChecksum = new("UDF001", "ECMA-167 3/7.2.3", "the checksum of a descriptor tag is the sum of its other bytes");

    /// <summary>A descriptor is what was recorded.</summary>
    public static readonly Rule DescriptorCrc = new("UDF002", "ECMA-167 3/7.2.6", "the CRC of a descriptor is that of its bytes");

    /// <summary>A descriptor is where it says.</summary>
    public static readonly Rule TagLocation = new("UDF003", "ECMA-167 3/7.2.8", "a descriptor tag names the block that it lies in");

    /// <summary>Two of three anchors are there.</summary>
    public static readonly Rule AnchorsPresent = new("UDF004", "UDF-2.60 §2.2.3", "there are anchors at two of block 256, N and N-256");

    /// <summary>The volume descriptor sequence is complete.</summary>
    public static readonly Rule SequenceComplete = new("UDF005", "ECMA-167 3/8.4.2", "the main sequence has primary, logical volume and partition descriptors");

    /// <summary>The reserve sequence agrees with the main one.</summary>
    public static readonly Rule ReserveAgrees = new("UDF006", "ECMA-167 3/8.4.2.2", "the reserve volume descriptor sequence is equivalent to the main one");

    /// <summary>The integrity descriptor is there.</summary>
    public static readonly Rule IntegrityPresent = new("UDF007", "ECMA-167 3/8.8.2", "the logical volume integrity sequence can be read");

    /// <summary>The volume was closed.</summary>
    public static readonly Rule VolumeClosed = new("UDF008", "ECMA-167 3/10.10.3", "the last integrity descriptor says that the volume was closed");

    /// <summary>Partition maps can be followed.</summary>
    public static readonly Rule PartitionMapKnown = new("UDF009", "UDF-2.60 §2.2.4, §2.2.8 - §2.2.10", "every partition map is of a kind that UDF defines, and names a partition that is there");

    /// <summary>The virtual allocation table is there.</summary>
    public static readonly Rule VirtualTablePresent = new("UDF010", "UDF-2.60 §2.2.11", "the last recorded block holds the file entry of the virtual allocation table");

    /// <summary>The metadata file is there.</summary>
    public static readonly Rule MetadataPresent = new("UDF011", "UDF-2.60 §2.2.13", "the metadata file and its mirror can be read");

    /// <summary>A file entry is there.</summary>
    public static readonly Rule FileEntryReadable = new("UDF012", "ECMA-167 4/14.9", "an ICB holds a file entry that can be read");

    /// <summary>Directories can be read.</summary>
    public static readonly Rule DirectoryReadable = new("UDF013", "ECMA-167 4/8.6", "a directory is a row of file identifier descriptors that can be read");

    /// <summary>Allocation descriptors cover the content.</summary>
    public static readonly Rule AllocationCovers = new("UDF014", "ECMA-167 4/14.14", "the allocation descriptors of a file cover its information length");

    /// <summary>Allocation lies in its partition.</summary>
    public static readonly Rule AllocationWithinPartition = new("UDF015", "ECMA-167 4/14.14.1.2", "an extent lies within its partition");

    /// <summary>Continuations of allocation descriptors end.</summary>
    public static readonly Rule AllocationEnds = new("UDF016", "ECMA-167 4/14.5", "the extents of allocation descriptors can be read, and end");

    /// <summary>Names are compressed as UDF says.</summary>
    public static readonly Rule NameCompression = new("UDF017", "UDF-2.60 §2.1.1", "a name is compressed with 8 or 16 bits a character");

    /// <summary>The file set is there.</summary>
    public static readonly Rule FileSetPresent = new("UDF018", "ECMA-167 4/14.1", "the file set descriptor, and the root directory that it names, can be read");

    /// <summary>An ICB hierarchy ends.</summary>
    public static readonly Rule IcbEnds = new("UDF019", "ECMA-167 4/14.6.2", "a chain of ICBs of strategy 4096 ends");

    /// <summary>The sparing table is there.</summary>
    public static readonly Rule SparingTablePresent = new("UDF020", "UDF-2.60 §2.2.12", "a sparing table can be read");

    /// <summary>The metadata file and its mirror hold the same.</summary>
    public static readonly Rule MirrorAgrees = new("UDF021", "UDF-2.60 §2.2.13", "the metadata file can be read without its mirror");

    /// <summary>Where a symbolic link leads can be read.</summary>
    public static readonly Rule LinkReadable = new("UDF022", "ECMA-167 4/14.16", "the path components of a symbolic link can be read");

    /// <summary>What a file has beside its content can be read.</summary>
    public static readonly Rule StreamsReadable = new("UDF023", "ECMA-167 4/9.2, 4/14.10", "the named streams and extended attributes of a file can be read");

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Rule> All { get; } =
    [
        TagChecksum, DescriptorCrc, TagLocation, AnchorsPresent, SequenceComplete, ReserveAgrees, IntegrityPresent, VolumeClosed,
        PartitionMapKnown, VirtualTablePresent, MetadataPresent, FileEntryReadable, DirectoryReadable, AllocationCovers,
        AllocationWithinPartition, AllocationEnds, NameCompression, FileSetPresent, IcbEnds, SparingTablePresent, MirrorAgrees, LinkReadable,
        StreamsReadable,
    ];
}
