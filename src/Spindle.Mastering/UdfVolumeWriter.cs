// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>Writes what describes a UDF volume (ECMA-167, 3rd edition, part 3; UDF 2.60 §2.2). Positions are the standard's "RBP".</summary>
internal sealed class UdfVolumeWriter(LayoutOptions options, VolumeRegions regions)
{
    /// <summary>First sector of the main volume descriptor sequence.</summary>
    public const long MainSequence = 32;

    /// <summary>First sector of the integrity sequence.</summary>
    public const long IntegritySequence = 64;

    /// <summary>Sector of the first anchor.</summary>
    public const long FirstAnchor = 256;

    private const int SectorLength = RecordPacker.SectorLength;
    private const int IntegritySectors = 2;
    private const int DescriptorLength = 512;
    private const int UnallocatedLength = 24;
    private const int MetadataMapLength = 64;
    private const uint NoBitmap = uint.MaxValue;

    private readonly long _recorded = options.RecordedNanoseconds;

    private bool HasMetadataPartition => options.Revision == UdfRevision.Udf250;

    /// <summary>Number of the partition map that file entries are in.</summary>
    public int MetadataPartition => HasMetadataPartition ? 1 : 0;

    /// <summary>Writes the volume recognition sequence: three sectors (ECMA-167 2/9).</summary>
    public void WriteRecognition(Span<byte> sectors)
    {
        ReadOnlySpan<byte> identifiers = options.Revision == UdfRevision.Udf102 ? "BEA01NSR02TEA01"u8 : "BEA01NSR03TEA01"u8;
        for (int index = 0; index < 3; index++)
        {
            Span<byte> sector = sectors.Slice(index * SectorLength, SectorLength);
            identifiers.Slice(index * 5, 5).CopyTo(sector.At(rbp: 1));
            sector.At(rbp: 6)[0] = 1; // version of the structure (2/9.1.3)
        }
    }

    /// <summary>Writes an anchor (ECMA-167 3/10.2).</summary>
    public void WriteAnchor(Span<byte> sector, long location)
    {
        UdfFields.Write32(sector, rbp: 16, VolumeGeometry.SequenceSectors * SectorLength);
        UdfFields.Write32(sector, rbp: 20, MainSequence);
        UdfFields.Write32(sector, rbp: 24, VolumeGeometry.SequenceSectors * SectorLength);
        UdfFields.Write32(sector, rbp: 28, regions.PartitionEnd);
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.Anchor, options.Revision, location);
    }

    /// <summary>Writes a volume descriptor sequence: main and reserve differ in their locations alone (ECMA-167 3/8.4.2).</summary>
    public void WriteSequence(Span<byte> sectors, long location)
    {
        WritePrimary(sectors, location);
        WriteImplementationUse(sectors[SectorLength..], location + 1);
        WritePartition(sectors[(2 * SectorLength)..], location + 2);
        WriteLogicalVolume(sectors[(3 * SectorLength)..], location + 3);
        Span<byte> unallocated = sectors[(4 * SectorLength)..];
        UdfFields.Write32(unallocated, rbp: 16, 4);
        UdfFields.WriteTag(unallocated[..UnallocatedLength], TagId.UnallocatedSpace, options.Revision, location + 4);
        WriteTerminator(sectors[(5 * SectorLength)..], location + 5);
    }

    /// <summary>Writes a terminator (ECMA-167 3/10.9, 4/14.2).</summary>
    public void WriteTerminator(Span<byte> sector, long location) =>
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.Terminating, options.Revision, location);

    /// <summary>Writes the integrity descriptor of a closed volume, and its terminator (ECMA-167 3/10.10, UDF 2.60 §2.2.6).</summary>
    /// <param name="sectors">Two sectors.</param>
    /// <param name="files">Names of anything but directories.</param>
    /// <param name="directories">Directories, the root included.</param>
    /// <param name="nextUniqueId">The first unique number that is free.</param>
    public void WriteIntegrity(Span<byte> sectors, long files, long directories, long nextUniqueId)
    {
        const int implementationUseLength = 46;
        const int closed = 1;
        int partitions = HasMetadataPartition ? 2 : 1;
        UdfText.WriteTime(sectors.At(rbp: 16), _recorded);
        UdfFields.Write32(sectors, rbp: 28, closed);
        UdfFields.Write64(sectors, rbp: 40, nextUniqueId);
        UdfFields.Write32(sectors, rbp: 72, partitions);
        UdfFields.Write32(sectors, rbp: 76, implementationUseLength);
        int at = 80 + (4 * partitions); // free space, none; then sizes
        UdfFields.Write32(sectors, rbp: at, regions.PartitionEnd - regions.Partition);
        if (HasMetadataPartition)
        {
            UdfFields.Write32(sectors, rbp: at + 4, regions.Contents - regions.Metadata);
        }

        at += 4 * partitions;
        Span<byte> use = sectors[at..]; // UDF 2.60 §2.2.6.4
        UdfFields.WriteImplementation(use);
        UdfFields.Write32(use, rbp: 32, files);
        UdfFields.Write32(use, rbp: 36, directories);
        UdfFields.Write16(use, rbp: 40, (int)options.Revision);
        UdfFields.Write16(use, rbp: 42, (int)options.Revision);
        UdfFields.Write16(use, rbp: 44, (int)options.Revision);
        UdfFields.WriteTag(sectors[..(at + implementationUseLength)], TagId.LogicalVolumeIntegrity, options.Revision, IntegritySequence);
        WriteTerminator(sectors[SectorLength..], IntegritySequence + 1);
    }

    /// <summary>Writes the file set descriptor and its terminator (ECMA-167 4/14.1, UDF 2.60 §2.3.2).</summary>
    public void WriteFileSet(Span<byte> sectors)
    {
        UdfText.WriteTime(sectors.At(rbp: 16), _recorded);
        UdfFields.Write16(sectors, rbp: 28, 3); // interchange level, and its maximum
        UdfFields.Write16(sectors, rbp: 30, 3);
        UdfFields.Write32(sectors, rbp: 32, 1); // character sets: CS0
        UdfFields.Write32(sectors, rbp: 36, 1);
        UdfFields.WriteCharacterSet(sectors.At(rbp: 48));
        UdfFields.WriteString(sectors.At(rbp: 112, length: 128), options.VolumeIdentifier);
        UdfFields.WriteCharacterSet(sectors.At(rbp: 240));
        UdfFields.WriteString(sectors.At(rbp: 304, length: 32), options.VolumeIdentifier);
        UdfFields.WriteLongAllocation(sectors.At(rbp: 400), SectorLength, VolumeGeometry.FileSetSectors, MetadataPartition);
        UdfFields.WriteDomain(sectors.At(rbp: 416), options.Revision);
        UdfFields.WriteTag(sectors[..DescriptorLength], TagId.FileSet, options.Revision, 0);
        WriteTerminator(sectors[SectorLength..], 1);
    }

    // ECMA-167 3/10.1, UDF 2.60 §2.2.2.
    private void WritePrimary(Span<byte> sector, long location)
    {
        UdfFields.WriteString(sector.At(rbp: 24, length: 32), options.VolumeIdentifier);
        UdfFields.Write16(sector, rbp: 56, 1); // every disc is a volume set of its own to UDF: it can be read without the others
        UdfFields.Write16(sector, rbp: 58, 1);
        UdfFields.Write16(sector, rbp: 60, 2);
        UdfFields.Write16(sector, rbp: 62, 2);
        UdfFields.Write32(sector, rbp: 64, 1);
        UdfFields.Write32(sector, rbp: 68, 1);
        UdfFields.WriteString(sector.At(rbp: 72, length: 128), SetIdentifier());
        UdfFields.WriteCharacterSet(sector.At(rbp: 200));
        UdfFields.WriteCharacterSet(sector.At(rbp: 264));
        UdfFields.WriteApplication(sector.At(rbp: 344, length: 32), options.ApplicationIdentifier);
        UdfText.WriteTime(sector.At(rbp: 376), _recorded);
        UdfFields.WriteImplementation(sector.At(rbp: 388));
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.PrimaryVolume, options.Revision, location);
    }

    // ECMA-167 3/10.4, UDF 2.60 §2.2.7.
    private void WriteImplementationUse(Span<byte> sector, long location)
    {
        UdfFields.Write32(sector, rbp: 16, 1);
        UdfFields.WriteUdfIdentifier(sector.At(rbp: 20), "*UDF LV Info"u8, options.Revision);
        UdfFields.WriteCharacterSet(sector.At(rbp: 52));
        UdfFields.WriteString(sector.At(rbp: 116, length: 128), options.VolumeIdentifier);
        UdfFields.WriteString(sector.At(rbp: 244, length: 36), "");
        UdfFields.WriteImplementation(sector.At(rbp: 352));
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.ImplementationUse, options.Revision, location);
    }

    // ECMA-167 3/10.5, UDF 2.60 §2.2.14.
    private void WritePartition(Span<byte> sector, long location)
    {
        const int allocated = 1;
        const int readOnly = 1;
        UdfFields.Write32(sector, rbp: 16, 2);
        UdfFields.Write16(sector, rbp: 20, allocated);
        UdfFields.WriteIdentifier(sector.At(rbp: 24), options.Revision == UdfRevision.Udf102 ? "+NSR02"u8 : "+NSR03"u8);
        UdfFields.Write32(sector, rbp: 184, readOnly);
        UdfFields.Write32(sector, rbp: 188, regions.Partition);
        UdfFields.Write32(sector, rbp: 192, regions.PartitionEnd - regions.Partition);
        UdfFields.WriteImplementation(sector.At(rbp: 196));
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.Partition, options.Revision, location);
    }

    // ECMA-167 3/10.6, UDF 2.60 §2.2.4.
    private void WriteLogicalVolume(Span<byte> sector, long location)
    {
        const int plainMapLength = 6;
        const int maps = 440;
        int mapsLength = plainMapLength + (HasMetadataPartition ? MetadataMapLength : 0);
        UdfFields.Write32(sector, rbp: 16, 3);
        UdfFields.WriteCharacterSet(sector.At(rbp: 20));
        UdfFields.WriteString(sector.At(rbp: 84, length: 128), options.VolumeIdentifier);
        UdfFields.Write32(sector, rbp: 212, SectorLength);
        UdfFields.WriteDomain(sector.At(rbp: 216), options.Revision);
        UdfFields.WriteLongAllocation(sector.At(rbp: 248), VolumeGeometry.FileSetSectors * SectorLength, 0, MetadataPartition);
        UdfFields.Write32(sector, rbp: 264, mapsLength);
        UdfFields.Write32(sector, rbp: 268, HasMetadataPartition ? 2 : 1);
        UdfFields.WriteImplementation(sector.At(rbp: 272));
        UdfFields.Write32(sector, rbp: 432, IntegritySectors * SectorLength);
        UdfFields.Write32(sector, rbp: 436, IntegritySequence);
        sector.At(rbp: maps)[0] = 1; // type 1: volume sequence number 1, partition 0 (ECMA-167 3/10.7.2)
        sector.At(rbp: maps + 1)[0] = plainMapLength;
        UdfFields.Write16(sector, rbp: maps + 2, 1);
        if (HasMetadataPartition)
        {
            WriteMetadataMap(sector.At(rbp: maps + plainMapLength));
        }

        UdfFields.WriteTag(sector[..(maps + mapsLength)], TagId.LogicalVolume, options.Revision, location);
    }

    // UDF 2.60 §2.2.10: a map of type 2.
    private void WriteMetadataMap(Span<byte> map)
    {
        map.At(rbp: 0)[0] = 2;
        map.At(rbp: 1)[0] = MetadataMapLength;
        UdfFields.WriteUdfIdentifier(map.At(rbp: 4), "*UDF Metadata Partition"u8, options.Revision);
        UdfFields.Write16(map, rbp: 36, 1);
        UdfFields.Write16(map, rbp: 38, 0);
        UdfFields.Write32(map, rbp: 40, 0); // file entry of the metadata file: the first block
        UdfFields.Write32(map, rbp: 44, regions.ContentsEnd - regions.Partition);
        UdfFields.Write32(map, rbp: 48, NoBitmap);
        UdfFields.Write32(map, rbp: 52, VolumeGeometry.Alignment);
        UdfFields.Write16(map, rbp: 56, VolumeGeometry.Alignment);
        map.At(rbp: 58)[0] = 1; // the mirror has blocks of its own
    }

    // UDF 2.60 §2.2.2.5: sixteen characters that are unique come first.
    private string SetIdentifier()
    {
        const int unique = 16;
        string identifier = options.VolumeSetIdentifier;
        string digits = identifier.Replace("-", "", StringComparison.Ordinal);
        if (digits.Length >= unique && digits.Take(unique).All(char.IsAsciiHexDigit))
        {
            return digits.ToLowerInvariant();
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(identifier));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, unique / 2))}{(identifier.Length > 0 ? " " : "")}{identifier}";
    }
}
