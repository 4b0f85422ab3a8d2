// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.Trees;

namespace Spindle.Mastering;

/// <summary>Writes the directories of Joliet: records as those of ISO 9660, names in Unicode, and nothing is moved.</summary>
internal sealed class JolietDirectoryWriter(DiscLayout layout, LayoutTables tables, SegmentBuffer buffer)
{
    private readonly DirectoryComposer _composer = new(layout.Options.UdfSymlinks);

    /// <summary>First sector and bytes of a directory in Joliet.</summary>
    public (long Sector, long Length) ExtentOf(int place)
    {
        ref readonly DirectoryPlace at = ref tables.PlaceAt(place);
        return (layout.Regions.JolietDirectories + at.JolietSector, (long)at.JolietSectors * RecordPacker.SectorLength);
    }

    /// <summary>Writes all of them, in the order of the tree.</summary>
    public IEnumerable<ImageSegment> Write()
    {
        foreach (int place in tables.Order)
        {
            tables.Load(_composer, place, Trees.Joliet);
            int[] children = tables.ChildrenOf(tables.PlaceAt(place).Entry).ToArray();
            WriteRecord([0], (ExtentOf(place), FileFlags.Directory), tables.PlaceAt(place).Entry);
            int parent = tables.PlaceAt(place).Parent;
            WriteRecord([1], (ExtentOf(parent), FileFlags.Directory), tables.PlaceAt(parent).Entry);
            int count = _composer.JolietOrder.Length;
            for (int ordinal = 0; ordinal < count; ordinal++)
            {
                int index = _composer.JolietOrder[ordinal];
                for (int section = 0; section < _composer.SectionsOf(index); section++)
                {
                    WriteRecord(_composer.JolietNameOf(index), Extent(children[index], section), children[index]);
                    if (buffer.IsFull)
                    {
                        yield return buffer.Take();
                    }
                }
            }

            buffer.EndSector();
        }
    }

    private ((long Sector, long Length) Extent, FileFlags Flags) Extent(int entry, int section) =>
        layout.Tree.KindOf(entry) == NodeKind.Directory
            ? (ExtentOf(tables.PlaceOf(entry)), FileFlags.Directory)
            : IsoDirectoryWriter.Section(layout, layout.Tree.ContentOf(entry), section);

    private void WriteRecord(ReadOnlySpan<byte> identifier, ((long Sector, long Length) Extent, FileFlags Flags) at, int entry) =>
        _ = IsoFields.WriteRecord(
            buffer.NextRecord(IsoFields.RecordHeader + (identifier.Length | 1)),
            at.Extent,
            at.Flags,
            identifier,
            layout.Tree.AttributesOf(entry).ModifiedNanoseconds,
            layout.Options.VolumeSequenceNumber);
}
