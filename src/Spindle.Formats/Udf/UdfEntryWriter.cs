// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Media;

namespace Spindle.Formats.Udf;

/// <summary>Writes file entries and names of UDF (ECMA-167, 3rd edition, 4/14.4, 4/14.9; UDF 2.60 §2.3). Positions are the standard's "RBP".</summary>
/// <param name="revision">Revision of UDF.</param>
/// <param name="metadataPartition">Number of the partition map that entries and directories are in; contents are in 0.</param>
public sealed class UdfEntryWriter(UdfRevision revision, int metadataPartition)
{
    /// <summary>Type of a directory (4/14.6.6).</summary>
    public const byte Directory = 4;

    /// <summary>Type of a file.</summary>
    public const byte File = 5;

    /// <summary>Type of a symbolic link.</summary>
    public const byte Symlink = 12;

    /// <summary>Type of the metadata file (UDF 2.60 §2.2.13.1).</summary>
    public const byte MetadataFile = 250;

    /// <summary>Type of its mirror.</summary>
    public const byte MetadataMirror = 251;

    private const int SectorLength = RecordPacker.SectorLength;
    private const int EntryHeader = 176;

    /// <summary>Writes a file entry.</summary>
    public void WriteEntry(Span<byte> sector, in UdfEntry entry, in NodeAttributes attributes)
    {
        // Contents are in the plain partition: from a metadata partition only long descriptors lead there.
        bool isLong = entry.Type == File && metadataPartition != 0;
        int flags = (isLong ? 1 : 0)
            | ((attributes.Mode & 0x800) >> 5) // setuid, setgid, sticky: 4/14.6.8
            | ((attributes.Mode & 0x400) >> 3)
            | ((attributes.Mode & 0x200) >> 1);
        WriteIcbTag(sector, entry.Type, flags);
        UdfFields.Write32(sector, rbp: 36, attributes.Uid);
        UdfFields.Write32(sector, rbp: 40, attributes.Gid);
        UdfFields.Write32(sector, rbp: 44, Permissions(attributes.Mode));
        UdfFields.Write16(sector, rbp: 48, (int)Math.Min(entry.Links, ushort.MaxValue));
        UdfFields.Write64(sector, rbp: 56, entry.Length);
        UdfFields.Write64(sector, rbp: 64, Capacity.SectorsOf(entry.Length));
        for (int time = 72; time <= 96; time += 12)
        {
            UdfText.WriteTime(sector.At(rbp: time), attributes.ModifiedNanoseconds);
        }

        UdfFields.Write32(sector, rbp: 108, 1); // checkpoint
        UdfFields.WriteImplementation(sector.At(rbp: 128));
        UdfFields.Write64(sector, rbp: 160, entry.UniqueId);
        int at = EntryHeader;
        long block = entry.Block;
        for (long left = entry.Length; left > 0; left -= UdfFields.MaximumExtent)
        {
            long length = Math.Min(left, UdfFields.MaximumExtent);
            UdfFields.Write32(sector, rbp: at, length);
            UdfFields.Write32(sector, rbp: at + 4, block);
            at += isLong ? AllocationDescriptor.LongLength : AllocationDescriptor.ShortLength;
            block += Capacity.SectorsOf(length);
        }

        UdfFields.Write32(sector, rbp: 172, at - EntryHeader);
        UdfFields.WriteTag(sector[..at], TagId.FileEntry, revision, entry.Location);
    }

    /// <summary>Writes the name of the directory above, which comes first.</summary>
    /// <param name="field">40 bytes.</param>
    /// <param name="location">Block that the name begins in.</param>
    /// <param name="block">File entry of the directory above.</param>
    /// <param name="uniqueId">Its unique number.</param>
    public void WriteParent(Span<byte> field, long location, long block, long uniqueId) =>
        WriteIdentifier(field, location, new(10, [], block, uniqueId));

    /// <summary>Writes a name.</summary>
    public void WriteIdentifier(Span<byte> field, long location, UdfIdentifier identifier)
    {
        UdfFields.Write16(field, rbp: 16, 1);
        field.At(rbp: 18)[0] = identifier.Characteristics;
        field.At(rbp: 19)[0] = (byte)identifier.Name.Length;
        UdfFields.WriteLongAllocation(field.At(rbp: 20), SectorLength, identifier.Block, metadataPartition, identifier.UniqueId);
        identifier.Name.CopyTo(field.At(rbp: FileIdentifier.FixedLength));
        UdfFields.WriteTag(field, TagId.FileIdentifier, revision, location);
    }

    private static void WriteIcbTag(Span<byte> sector, byte type, int flags)
    {
        UdfFields.Write16(sector, rbp: 20, 4); // strategy
        UdfFields.Write16(sector, rbp: 24, 1); // entries
        sector.At(rbp: 27)[0] = type;
        UdfFields.Write16(sector, rbp: 34, flags);
    }

    // 4/14.9.5: five bits each for others, the group and the owner; the lowest three of them are those of POSIX.
    private static int Permissions(int mode)
    {
        int bits = 0;
        for (int who = 0; who < 3; who++)
        {
            bits |= ((mode >> (3 * who)) & 7) << (5 * who);
        }

        return bits;
    }
}
