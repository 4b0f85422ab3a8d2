// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
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
            identifiers.Slice(index * 5, 5).CopyTo(sector[1..]);
            sector[6] = 1;
        }
    }

    /// <summary>Writes an anchor (ECMA-167 3/10.2).</summary>
    public void WriteAnchor(Span<byte> sector, long location)
    {
        UdfFields.Write32(sector, 16, VolumeGeometry.SequenceSectors * SectorLength);
        UdfFields.Write32(sector, 20, MainSequence);
        UdfFields.Write32(sector, 24, VolumeGeometry.SequenceSectors * SectorLength);
        UdfFields.Write32(sector, 28, regions.PartitionEnd);
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
        UdfFields.Write32(unallocated, 16, 4);
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
        UdfText.WriteTime(sectors[16..], _recorded);
        UdfFields.Write32(sectors, 28, closed);
        UdfFields.Write64(sectors, 40, nextUniqueId);
        UdfFields.Write32(sectors, 72, partitions);
        UdfFields.Write32(sectors, 76, implementationUseLength);
        int at = 80 + (4 * partitions); // free space, none; then sizes
        UdfFields.Write32(sectors, at, regions.PartitionEnd - regions.Partition);
        if (HasMetadataPartition)
        {
            UdfFields.Write32(sectors, at + 4, regions.Contents - regions.Metadata);
        }

        at += 4 * partitions;
        UdfFields.WriteImplementation(sectors[at..]);
        UdfFields.Write32(sectors, at + 32, files);
        UdfFields.Write32(sectors, at + 36, directories);
        UdfFields.Write16(sectors, at + 40, (int)options.Revision);
        UdfFields.Write16(sectors, at + 42, (int)options.Revision);
        UdfFields.Write16(sectors, at + 44, (int)options.Revision);
        UdfFields.WriteTag(sectors[..(at + implementationUseLength)], TagId.LogicalVolumeIntegrity, options.Revision, IntegritySequence);
        WriteTerminator(sectors[SectorLength..], IntegritySequence + 1);
    }

    /// <summary>Writes the file set descriptor and its terminator (ECMA-167 4/14.1, UDF 2.60 §2.3.2).</summary>
    public void WriteFileSet(Span<byte> sectors)
    {
        UdfText.WriteTime(sectors[16..], _recorded);
        UdfFields.Write16(sectors, 28, 3); // interchange level, and its maximum
        UdfFields.Write16(sectors, 30, 3);
        UdfFields.Write32(sectors, 32, 1); // character sets: CS0
        UdfFields.Write32(sectors, 36, 1);
        UdfFields.WriteCharacterSet(sectors[48..]);
        UdfFields.WriteString(sectors.Slice(112, 128), options.VolumeIdentifier);
        UdfFields.WriteCharacterSet(sectors[240..]);
        UdfFields.WriteString(sectors.Slice(304, 32), options.VolumeIdentifier);
        UdfFields.WriteLongAllocation(sectors[400..], SectorLength, VolumeGeometry.FileSetSectors, MetadataPartition);
        UdfFields.WriteDomain(sectors[416..], options.Revision);
        UdfFields.WriteTag(sectors[..DescriptorLength], TagId.FileSet, options.Revision, 0);
        WriteTerminator(sectors[SectorLength..], 1);
    }

    private void WritePrimary(Span<byte> sector, long location)
    {
        UdfFields.WriteString(sector.Slice(24, 32), options.VolumeIdentifier);
        UdfFields.Write16(sector, 56, 1); // every disc is a volume set of its own to UDF: it can be read without the others
        UdfFields.Write16(sector, 58, 1);
        UdfFields.Write16(sector, 60, 2);
        UdfFields.Write16(sector, 62, 2);
        UdfFields.Write32(sector, 64, 1);
        UdfFields.Write32(sector, 68, 1);
        UdfFields.WriteString(sector.Slice(72, 128), SetIdentifier());
        UdfFields.WriteCharacterSet(sector[200..]);
        UdfFields.WriteCharacterSet(sector[264..]);
        UdfFields.WriteApplication(sector.Slice(344, 32), options.ApplicationIdentifier);
        UdfText.WriteTime(sector[376..], _recorded);
        UdfFields.WriteImplementation(sector[388..]);
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.PrimaryVolume, options.Revision, location);
    }

    private void WriteImplementationUse(Span<byte> sector, long location)
    {
        UdfFields.Write32(sector, 16, 1);
        UdfFields.WriteUdfIdentifier(sector[20..], "*UDF LV Info"u8, options.Revision);
        UdfFields.WriteCharacterSet(sector[52..]);
        UdfFields.WriteString(sector.Slice(116, 128), options.VolumeIdentifier);
        UdfFields.WriteString(sector.Slice(244, 36), "");
        UdfFields.WriteImplementation(sector[352..]);
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.ImplementationUse, options.Revision, location);
    }

    private void WritePartition(Span<byte> sector, long location)
    {
        const int allocated = 1;
        const int readOnly = 1;
        UdfFields.Write32(sector, 16, 2);
        UdfFields.Write16(sector, 20, allocated);
        UdfFields.WriteIdentifier(sector[24..], options.Revision == UdfRevision.Udf102 ? "+NSR02"u8 : "+NSR03"u8);
        UdfFields.Write32(sector, 184, readOnly);
        UdfFields.Write32(sector, 188, regions.Partition);
        UdfFields.Write32(sector, 192, regions.PartitionEnd - regions.Partition);
        UdfFields.WriteImplementation(sector[196..]);
        UdfFields.WriteTag(sector[..DescriptorLength], TagId.Partition, options.Revision, location);
    }

    private void WriteLogicalVolume(Span<byte> sector, long location)
    {
        const int plainMapLength = 6;
        const int maps = 440;
        int mapsLength = plainMapLength + (HasMetadataPartition ? MetadataMapLength : 0);
        UdfFields.Write32(sector, 16, 3);
        UdfFields.WriteCharacterSet(sector[20..]);
        UdfFields.WriteString(sector.Slice(84, 128), options.VolumeIdentifier);
        UdfFields.Write32(sector, 212, SectorLength);
        UdfFields.WriteDomain(sector[216..], options.Revision);
        UdfFields.WriteLongAllocation(sector[248..], VolumeGeometry.FileSetSectors * SectorLength, 0, MetadataPartition);
        UdfFields.Write32(sector, 264, mapsLength);
        UdfFields.Write32(sector, 268, HasMetadataPartition ? 2 : 1);
        UdfFields.WriteImplementation(sector[272..]);
        UdfFields.Write32(sector, 432, IntegritySectors * SectorLength);
        UdfFields.Write32(sector, 436, IntegritySequence);
        sector[maps] = 1; // type 1: volume sequence number 1, partition 0 (ECMA-167 3/10.7.2)
        sector[maps + 1] = plainMapLength;
        UdfFields.Write16(sector, maps + 2, 1);
        if (HasMetadataPartition)
        {
            WriteMetadataMap(sector[(maps + plainMapLength)..]);
        }

        UdfFields.WriteTag(sector[..(maps + mapsLength)], TagId.LogicalVolume, options.Revision, location);
    }

    // UDF 2.60 §2.2.10: a map of type 2.
    private void WriteMetadataMap(Span<byte> map)
    {
        map[0] = 2;
        map[1] = MetadataMapLength;
        UdfFields.WriteUdfIdentifier(map[4..], "*UDF Metadata Partition"u8, options.Revision);
        UdfFields.Write16(map, 36, 1);
        UdfFields.Write16(map, 38, 0);
        UdfFields.Write32(map, 40, 0); // file entry of the metadata file: the first block
        UdfFields.Write32(map, 44, regions.ContentsEnd - regions.Partition);
        UdfFields.Write32(map, 48, NoBitmap);
        UdfFields.Write32(map, 52, VolumeGeometry.Alignment);
        UdfFields.Write16(map, 56, VolumeGeometry.Alignment);
        map[58] = 1; // the mirror has blocks of its own
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
