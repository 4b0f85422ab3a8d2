// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;

namespace Spindle.Mastering;

/// <summary>Writes the directories of ISO 9660 with Rock Ridge (ECMA-119, 4th edition, §6.8, §9.1; RRIP-1.12).</summary>
internal sealed class IsoDirectoryWriter(DiscLayout layout, LayoutTables tables, SegmentBuffer buffer)
{
    private const int SectorLength = RecordPacker.SectorLength;
    private const int ModeDirectory = 0x4000;
    private const int ModeFile = 0x8000;
    private const int ModeSymlink = 0xA000;

    private readonly DirectoryComposer _composer = new(layout.Options.UdfSymlinks);
    private readonly Continuation[] _areas = new Continuation[RockRidgeEntries.MaximumContinuations];

    private bool HasMoved => tables.Metadata.MovedDirectories > 0;

    private int Volume => layout.Options.VolumeSequenceNumber;

    // Behind the root, and before all that is in it: some readers go through a disc in the order of its sectors.
    private long MovedSector => layout.Regions.IsoDirectories + tables.PlaceAt(0).IsoSectors + tables.PlaceAt(0).IsoContinued;

    /// <summary>First sector and bytes of a directory in ISO 9660. The number of all directories stands for the one that holds the moved ones.</summary>
    public (long Sector, long Length) ExtentOf(int place)
    {
        if (place == tables.DirectoryCount)
        {
            return (MovedSector, layout.Regions.MovedRecordSectors * SectorLength);
        }

        return (SectorOf(place), (long)tables.PlaceAt(place).IsoUsed * SectorLength);
    }

    /// <summary>Writes all of them, in the order of the tree.</summary>
    public IEnumerable<ImageSegment> Write()
    {
        foreach (int place in tables.IsoOrder)
        {
            tables.Load(_composer, place, Trees.Iso);
            RecordPacker continuations = new();
            WriteSelfAndParent(place, ref continuations);
            int[] children = tables.ChildrenOf(tables.PlaceAt(place).Entry).ToArray();
            bool movedIsDue = place == 0 && HasMoved;
            for (int ordinal = 0; ordinal < children.Length; ordinal++)
            {
                int index = _composer.IsoOrder[ordinal];
                if (movedIsDue && _composer.IsBehindMoved(index))
                {
                    WriteMovedDirectory();
                    movedIsDue = false;
                }

                for (int section = 0; section < _composer.SectionsOf(index); section++)
                {
                    WriteChild(place, index, (children[index], section), ref continuations);
                    if (buffer.IsFull)
                    {
                        yield return buffer.Take();
                    }
                }
            }

            if (movedIsDue)
            {
                WriteMovedDirectory();
            }

            long end = ContinuationsOf(place);
            while (!buffer.TryPadTo(end))
            {
                yield return buffer.Take();
            }

            foreach (ImageSegment segment in place == 0 ? WriteContinuations(place).Concat(WriteMoved()) : WriteContinuations(place))
            {
                yield return segment;
            }
        }
    }

    // The directory that holds the moved ones.
    private IEnumerable<ImageSegment> WriteMoved()
    {
        if (!HasMoved)
        {
            yield break;
        }

        WritePlain([0], MovedExtent(), DiscTree.Root, MovedLinks(), 0);
        WritePlain([1], ExtentOf(0), DiscTree.Root, LinksOf(0), 0);
        foreach (int place in tables.Order.Where(IsMoved))
        {
            WriteMovedRecord(place);
            if (buffer.IsFull)
            {
                yield return buffer.Take();
            }
        }

        buffer.EndSector();
        foreach (int place in tables.Order.Where(IsMoved))
        {
            (long sector, int offset) = MovedNameAt(place);
            _ = buffer.Next((int)((sector * SectorLength) + offset - buffer.Position));
            _ = RockRidgeEntries.Compose(layout.Tree.NameOf(tables.PlaceAt(place).Entry), [], buffer.Next(DirectoryComposer.MovedNameLength));
            if (buffer.IsFull)
            {
                yield return buffer.Take();
            }
        }

        buffer.EndSector();
    }

    private bool IsMoved(int place) => tables.PlaceAt(place).MovedNumber > 0;

    private void WriteMovedRecord(int place)
    {
        int entry = tables.PlaceAt(place).Entry;
        const int more = RockRidgeEntries.MovedLength + RockRidgeEntries.ContinuationLength;
        Span<byte> rest = WritePlain(PathTable.IsoNameOf(tables, place), ExtentOf(place), entry, LinksOf(place), more);
        RockRidgeEntries.WriteMoved(rest);
        (long sector, int offset) = MovedNameAt(place);
        Span<byte> name = stackalloc byte[DirectoryComposer.MovedNameLength];
        int length = RockRidgeEntries.Compose(layout.Tree.NameOf(entry), [], name);
        RockRidgeEntries.WriteContinuation(rest[RockRidgeEntries.MovedLength..], (uint)sector, offset, length);
    }

    private (long Sector, int Offset) MovedNameAt(int place)
    {
        (int sector, int slot) = Math.DivRem(tables.PlaceAt(place).MovedNumber - 1, DirectoryComposer.MovedNamesInSector);
        return (MovedSector + layout.Regions.MovedRecordSectors + sector, slot * DirectoryComposer.MovedNameLength);
    }

    private (long Sector, long Length) MovedExtent() => ExtentOf(tables.DirectoryCount);

    private long SectorOf(int place) =>
        layout.Regions.IsoDirectories + tables.PlaceAt(place).IsoSector + (place == 0 ? 0 : layout.Regions.MovedRecordSectors + layout.Regions.MovedNameSectors);

    private uint LinksOf(int place) => 2 + (uint)tables.PlaceAt(place).Subdirectories;

    private uint MovedLinks() => 2 + (uint)tables.Metadata.MovedDirectories;

    private long ContinuationsOf(int place) => SectorOf(place) + tables.PlaceAt(place).IsoSectors;

    // A record of a directory with PX and TF, and room for what follows.
    private Span<byte> WritePlain(ReadOnlySpan<byte> identifier, (long Sector, long Length) extent, int entry, uint links, int more)
    {
        int length = IsoFields.RecordHeader + (identifier.Length | 1) + RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength + more;
        Span<byte> record = buffer.NextRecord((length + 1) & ~1);
        NodeAttributes attributes = layout.Tree.AttributesOf(entry);
        Span<byte> use = IsoFields.WriteRecord(record, extent, FileFlags.Directory, identifier, attributes.ModifiedNanoseconds, Volume);
        return WriteAttributes(use, attributes, ModeDirectory, links, (uint)entry + 1);
    }

    private static Span<byte> WriteAttributes(Span<byte> use, NodeAttributes attributes, int type, uint links, uint serial)
    {
        RockRidgeEntries.WriteAttributes(use, attributes, (attributes.Mode & 0xFFF) | type, links, serial);
        RockRidgeEntries.WriteTimes(use[RockRidgeEntries.AttributesLength..], attributes.ModifiedNanoseconds);
        return use[(RockRidgeEntries.AttributesLength + RockRidgeEntries.TimesLength)..];
    }

    private void WriteSelfAndParent(int place, ref RecordPacker continuations)
    {
        int entry = tables.PlaceAt(place).Entry;
        int parent = tables.PlaceAt(place).Parent;
        NodeAttributes attributes = layout.Tree.AttributesOf(entry);
        Span<byte> record = buffer.NextRecord(_composer.IsoSelfLength);
        Span<byte> use = IsoFields.WriteRecord(record, ExtentOf(place), FileFlags.Directory, [0], attributes.ModifiedNanoseconds, Volume);
        if (place == 0)
        {
            RockRidgeEntries.WriteProtocol(use);
            int at = (int)continuations.Place(RockRidgeEntries.ExtensionLength);
            RockRidgeEntries.WriteContinuation(use[RockRidgeEntries.ProtocolLength..], (uint)ContinuationsOf(0), at, RockRidgeEntries.ExtensionLength);
            use = use[(RockRidgeEntries.ProtocolLength + RockRidgeEntries.ContinuationLength)..];
        }

        _ = WriteAttributes(use, attributes, ModeDirectory, LinksOf(place) + (place == 0 && HasMoved ? 1u : 0), (uint)entry + 1);
        if (_composer.IsMoved)
        {
            Span<byte> link = WritePlain([1], MovedExtent(), tables.PlaceAt(parent).Entry, LinksOf(parent), RockRidgeEntries.LinkLength);
            RockRidgeEntries.WriteLink(link, "PL"u8, (uint)ExtentOf(parent).Sector);
        }
        else
        {
            _ = WritePlain([1], ExtentOf(parent), tables.PlaceAt(parent).Entry, LinksOf(parent), 0);
        }
    }

    private void WriteMovedDirectory()
    {
        const int nameHeader = 5;
        ReadOnlySpan<byte> name = "rr_moved"u8;
        int more = RockRidgeEntries.MovedLength + nameHeader + name.Length;
        Span<byte> rest = WritePlain("RR_MOVED"u8, MovedExtent(), DiscTree.Root, MovedLinks(), more);
        RockRidgeEntries.WriteMoved(rest);
        _ = RockRidgeEntries.Compose(name, [], rest[RockRidgeEntries.MovedLength..]);
    }

    private void WriteChild(int place, int index, (int Entry, int Section) child, ref RecordPacker continuations)
    {
        ReadOnlySpan<byte> variable = _composer.VariableOf(index);
        bool isContinued = _composer.IsContinued(index, variable.Length);
        Span<byte> record = buffer.NextRecord(_composer.IsoRecordLength(index, variable.Length));
        NodeAttributes attributes = layout.Tree.AttributesOf(child.Entry);
        NodeKind kind = _composer.KindOf(index);
        bool isMoved = kind == NodeKind.Directory && _composer.MovesChildren;
        ((long, long) extent, FileFlags flags) = Extent(index, child, isMoved);
        Span<byte> use = IsoFields.WriteRecord(record, extent, flags, _composer.IsoNameOf(index), attributes.ModifiedNanoseconds, Volume);
        if (isContinued)
        {
            int count = RockRidgeEntries.Place(ref continuations, variable, _areas);
            WriteContinuationTo(use, place, 0, isLast: count == 1);
            use = use[RockRidgeEntries.ContinuationLength..];
        }

        (int type, uint links) = kind switch
        {
            NodeKind.Directory => (ModeDirectory, LinksOf(tables.PlaceOf(child.Entry))),
            NodeKind.Symlink => (ModeSymlink, 1u),
            _ => (ModeFile, (uint)tables.LinksOf(child.Entry)),
        };
        use = WriteAttributes(use, attributes, type, links, (uint)layout.Tree.NodeOf(child.Entry) + 1);
        if (isMoved)
        {
            RockRidgeEntries.WriteLink(use, "CL"u8, (uint)ExtentOf(tables.PlaceOf(child.Entry)).Sector);
            use = use[RockRidgeEntries.LinkLength..];
        }

        if (!isContinued)
        {
            variable.CopyTo(use);
        }
    }

    private ((long Sector, long Length) Extent, FileFlags Flags) Extent(int index, (int Entry, int Section) child, bool isMoved)
    {
        if (_composer.KindOf(index) == NodeKind.Directory)
        {
            return isMoved ? ((0, 0), FileFlags.None) : (ExtentOf(tables.PlaceOf(child.Entry)), FileFlags.Directory);
        }

        int content = layout.Tree.ContentOf(child.Entry);
        return content < 0 ? ((0, 0), FileFlags.None) : Section(layout, content, child.Section);
    }

    /// <summary>A section of a content (§6.5.1): all but the last say that another one follows (§9.1.6).</summary>
    public static ((long Sector, long Length) Extent, FileFlags Flags) Section(DiscLayout layout, int content, int section)
    {
        long size = layout.SizeOfContent(content);
        if (size == 0)
        {
            return ((0, 0), FileFlags.None);
        }

        long start = section * DirectoryComposer.MaximumSection;
        long length = Math.Min(DirectoryComposer.MaximumSection, size - start);
        long sector = layout.SectorOfContent(content) + (start / SectorLength);
        return ((sector, length), start + length < size ? FileFlags.MultiExtent : FileFlags.None);
    }

    private void WriteContinuationTo(Span<byte> entry, int place, int area, bool isLast)
    {
        Continuation to = _areas[area];
        long sector = ContinuationsOf(place) + (to.Position / SectorLength);
        RockRidgeEntries.WriteContinuation(
            entry, (uint)sector, (int)(to.Position % SectorLength), to.Length + (isLast ? 0 : RockRidgeEntries.ContinuationLength));
    }

    // The same entries again, in the same order: so they need not be kept.
    private IEnumerable<ImageSegment> WriteContinuations(int place)
    {
        if (tables.PlaceAt(place).IsoContinued == 0)
        {
            yield break;
        }

        RecordPacker continuations = new();
        if (place == 0)
        {
            _ = continuations.Place(RockRidgeEntries.ExtensionLength);
            RockRidgeEntries.ExtensionReference.CopyTo(buffer.Next(RockRidgeEntries.ExtensionLength));
        }

        for (int ordinal = 0; ordinal < _composer.Count; ordinal++)
        {
            int index = _composer.IsoOrder[ordinal];
            for (int section = 0; section < _composer.SectionsOf(index); section++)
            {
                WriteContinuationsOf(place, index, ref continuations);
                if (buffer.IsFull)
                {
                    yield return buffer.Take();
                }
            }
        }

        buffer.EndSector();
    }

    private void WriteContinuationsOf(int place, int index, ref RecordPacker continuations)
    {
        ReadOnlySpan<byte> variable = _composer.VariableOf(index);
        if (!_composer.IsContinued(index, variable.Length))
        {
            return;
        }

        long start = ContinuationsOf(place) * SectorLength;
        int count = RockRidgeEntries.Place(ref continuations, variable, _areas);
        for (int area = 0; area < count; area++)
        {
            Continuation at = _areas[area];
            _ = buffer.Next((int)(start + at.Position - buffer.Position));
            bool isLast = area == count - 1;
            Span<byte> bytes = buffer.Next(at.Length + (isLast ? 0 : RockRidgeEntries.ContinuationLength));
            variable.Slice(at.Start, at.Length).CopyTo(bytes);
            if (!isLast)
            {
                WriteContinuationTo(bytes[at.Length..], place, area + 1, isLast: area + 1 == count - 1);
            }
        }
    }
}
