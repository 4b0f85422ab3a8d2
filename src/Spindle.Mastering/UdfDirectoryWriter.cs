// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>Writes file set, file entries and names of UDF: what a metadata partition holds, where there is one.</summary>
internal sealed class UdfDirectoryWriter(DiscLayout layout, LayoutTables tables, SegmentBuffer buffer)
{
    private const int SectorLength = RecordPacker.SectorLength;
    private const int ParentLength = 40;
    private const byte DirectoryCharacteristic = 2;
    private const int FirstUniqueId = 16;

    private readonly DirectoryComposer _composer = new(layout.Options.UdfSymlinks);
    private readonly UdfVolumeWriter _volume = new(layout.Options, layout.Regions);
    private readonly UdfEntryWriter _entries = new(layout.Options.Revision, new UdfVolumeWriter(layout.Options, layout.Regions).MetadataPartition);

    /// <summary>First unique number that no entry has.</summary>
    public long NextUniqueId => FirstUniqueId + layout.Tree.Count - 1;

    /// <summary>Writes all of it. Blocks count from the sector that the buffer is at, so the mirror is the same bytes.</summary>
    public IEnumerable<ImageSegment> Write()
    {
        _volume.WriteFileSet(buffer.Next(VolumeGeometry.FileSetSectors * SectorLength));
        foreach (int place in tables.Order)
        {
            tables.Load(_composer, place, Trees.Udf);
            int[] children = tables.ChildrenOf(tables.PlaceAt(place).Entry).ToArray();
            WriteDirectory(place);
            long offset = ParentLength;
            for (int index = 0; index < children.Length; index++)
            {
                offset += WriteName(place, index, children[index], offset);
                if (buffer.IsFull)
                {
                    yield return buffer.Take();
                }
            }

            buffer.EndSector();
            for (int index = 0; index < children.Length; index++)
            {
                WriteChild(index, children[index]);
                if (buffer.IsFull)
                {
                    yield return buffer.Take();
                }
            }
        }
    }

    // 4/14.9, UDF 2.60 §3.2.1.1: the root has 0, and nothing else 1 to 15.
    private static long UniqueIdOf(int entry) => entry == DiscTree.Root ? 0 : FirstUniqueId + entry - 1;

    private void WriteDirectory(int place)
    {
        ref readonly DirectoryPlace at = ref tables.PlaceAt(place);
        UdfEntry entry = new()
        {
            Type = UdfEntryWriter.Directory,
            Location = at.UdfBlock,
            Block = at.UdfBlock + 1L,
            Length = at.UdfLength,
            Links = 1L + at.Subdirectories,
            UniqueId = UniqueIdOf(at.Entry),
        };
        _entries.WriteEntry(buffer.Next(SectorLength), entry, layout.Tree.AttributesOf(at.Entry));
        ref readonly DirectoryPlace parent = ref tables.PlaceAt(at.Parent);
        _entries.WriteParent(buffer.Next(ParentLength), at.UdfBlock + 1L, parent.UdfBlock, UniqueIdOf(parent.Entry));
    }

    private int WriteName(int place, int index, int entry, long offset)
    {
        int length = _composer.UdfIdentifierLength(index);
        if (length == 0)
        {
            return 0;
        }

        long location = tables.PlaceAt(place).UdfBlock + 1L + (offset / SectorLength);
        byte characteristics = _composer.KindOf(index) == NodeKind.Directory ? DirectoryCharacteristic : (byte)0;
        int node = layout.Tree.NodeOf(entry);
        long block = tables.BlockOf(node);
        _entries.WriteIdentifier(buffer.Next(length), location, new(characteristics, _composer.UdfNameOf(index), block, UniqueIdOf(node)));
        return length;
    }

    private void WriteChild(int index, int entry)
    {
        NodeKind kind = _composer.KindOf(index);
        if (kind is not (NodeKind.File or NodeKind.Symlink) || _composer.UdfIdentifierLength(index) == 0)
        {
            return;
        }

        bool isLink = kind == NodeKind.Symlink;
        ReadOnlySpan<byte> link = isLink ? _composer.LinkOf(index) : [];
        int content = layout.Tree.ContentOf(entry);
        long location = tables.BlockOf(entry);
        long length = isLink ? link.Length : layout.SizeOfContent(content);
        UdfEntry description = new()
        {
            Type = isLink ? UdfEntryWriter.Symlink : UdfEntryWriter.File,
            Location = location,
            Block = isLink ? location + 1 : length == 0 ? 0 : layout.SectorOfContent(content) - layout.Regions.Partition,
            Length = length,
            Links = tables.LinksOf(entry),
            UniqueId = UniqueIdOf(entry),
        };
        _entries.WriteEntry(buffer.Next(SectorLength), description, layout.Tree.AttributesOf(entry));
        link.CopyTo(buffer.Next((int)VolumeGeometry.SectorsOf(link.Length) * SectorLength));
    }
}
