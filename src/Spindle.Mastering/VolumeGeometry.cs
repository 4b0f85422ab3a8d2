// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>Adds up what a disc takes. Sectors have 2048 bytes.</summary>
/// <remarks>Order of things: docs/formats/image-layout.md.</remarks>
public static class VolumeGeometry
{
    /// <summary>Sectors that parts of an image are aligned to: those of an error correction block of Blu-ray; of DVD they are 16.</summary>
    public const int Alignment = 32;

    /// <summary>Bytes of a content at most: what the extents in one file entry of any revision reach, 113 GiB.</summary>
    public const long MaximumContent = 113L << 30;

    /// <summary>Bytes of a tail content at most: one section of ISO 9660.</summary>
    public const long MaximumTailContent = DirectoryComposer.MaximumSection;

    internal const int SectorLength = RecordPacker.SectorLength;

    /// <summary>First sector behind the anchor (UDF 2.60 §2.2.3), where the path tables are.</summary>
    internal const int FirstFree = 257;

    /// <summary>Sectors of a volume descriptor sequence (UDF 2.60 §2.2.3.1).</summary>
    internal const int SequenceSectors = 16;

    /// <summary>File set descriptor, and terminator.</summary>
    internal const int FileSetSectors = 2;

    // Path table records of the root, whose identifier is one byte.
    private static readonly int RootPathRecord = DirectoryComposer.PathRecordLength(1);

    /// <summary>Sectors that a content takes: bytes, rounded up; none for no bytes.</summary>
    public static long SectorsOf(long size) => RecordPacker.SectorsOf(size);

    /// <summary>Sectors of the whole image, which are a multiple of <see cref="Alignment"/>.</summary>
    /// <param name="options">How the disc is written: the revision matters.</param>
    /// <param name="metadata">Sum of the costs of all directories, the root included.</param>
    /// <param name="contentSectors">Sum of <see cref="SectorsOf"/> over all contents, each counted once; those of the tail included.</param>
    public static long Total(LayoutOptions options, MetadataCost metadata, long contentSectors) => Regions(options, metadata, contentSectors).End;

    /// <summary>Where everything begins.</summary>
    internal static VolumeRegions Regions(LayoutOptions options, MetadataCost metadata, long contentSectors)
    {
        long isoTable = RootPathRecord + metadata.IsoPathTableBytes
            + (metadata.MovedDirectories > 0 ? DirectoryComposer.PathRecordLength(Relocation.Directory.Length) : 0);
        long jolietTable = RootPathRecord + metadata.JolietPathTableBytes;
        long isoDirectories = FirstFree + (2 * SectorsOf(isoTable)) + (2 * SectorsOf(jolietTable));
        (long movedRecords, long movedNames) = DirectoryComposer.MovedDirectorySectors(metadata.MovedDirectories);
        long joliet = isoDirectories + metadata.IsoSectors + movedRecords + movedNames;
        long partition = Aligned(joliet + metadata.JolietSectors);
        long udf = FileSetSectors + metadata.UdfSectors;
        bool hasMirror = options.Revision == UdfRevision.Udf250;

        // The file entry of the metadata file comes first, and its mirror's behind the data; both files are whole allocation units.
        long metadataStart = hasMirror ? partition + Alignment : partition;
        long content = metadataStart + (hasMirror ? Aligned(udf) : udf);
        long contentEnd = content + contentSectors;
        long mirror = hasMirror ? Aligned(contentEnd + 1) : contentEnd;
        long partitionEnd = hasMirror ? mirror + Aligned(udf) : contentEnd;
        return new()
        {
            IsoPathTableBytes = isoTable,
            JolietPathTableBytes = jolietTable,
            IsoDirectories = isoDirectories,
            MovedRecordSectors = movedRecords,
            MovedNameSectors = movedNames,
            JolietDirectories = joliet,
            Partition = partition,
            Metadata = metadataStart,
            Contents = content,
            ContentsEnd = contentEnd,
            Mirror = mirror,
            PartitionEnd = partitionEnd,
            End = Aligned(partitionEnd + SequenceSectors + 1),
        };
    }

    private static long Aligned(long sector) => (sector + Alignment - 1) / Alignment * Alignment;
}
