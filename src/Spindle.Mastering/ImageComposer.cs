// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;

namespace Spindle.Mastering;

/// <summary>Makes the bytes of an image from front to back.</summary>
internal sealed class ImageComposer
{
    private const int SectorLength = RecordPacker.SectorLength;
    private const int FirstDescriptor = 16;
    private const int RecognitionSectors = 3;

    private readonly DiscLayout _layout;
    private readonly LayoutTables _tables;
    private readonly SegmentBuffer _buffer = new();
    private readonly IsoDirectoryWriter _iso;
    private readonly JolietDirectoryWriter _joliet;
    private readonly UdfVolumeWriter _volume;

    public ImageComposer(DiscLayout layout, LayoutTables tables)
    {
        _layout = layout;
        _tables = tables;
        _iso = new(layout, tables, _buffer);
        _joliet = new(layout, tables, _buffer);
        _volume = new(layout.Options, layout.Regions);
    }

    private VolumeRegions Regions => _layout.Regions;

    /// <summary>The image.</summary>
    public IEnumerable<ImageSegment> Segments() =>
        Descriptors().Concat(Iso()).Concat(Metadata()).Concat(Contents()).Concat(Mirror()).Concat(End());

    private IEnumerable<ImageSegment> Descriptors()
    {
        UdfDirectoryWriter udf = new(_layout, _tables, _buffer);
        long modified = _layout.Tree.AttributesOf(DiscTree.Root).ModifiedNanoseconds;
        _ = _buffer.Next(FirstDescriptor * SectorLength);
        WriteIsoDescriptors(modified);
        _volume.WriteRecognition(_buffer.Next(RecognitionSectors * SectorLength));
        _ = _buffer.TryPadTo(UdfVolumeWriter.MainSequence);
        _volume.WriteSequence(_buffer.Next(VolumeGeometry.SequenceSectors * SectorLength), UdfVolumeWriter.MainSequence);
        _ = _buffer.TryPadTo(UdfVolumeWriter.IntegritySequence);
        _volume.WriteIntegrity(_buffer.Next(2 * SectorLength), _tables.FileNames, _tables.DirectoryCount, udf.NextUniqueId);
        foreach (ImageSegment segment in PadTo(UdfVolumeWriter.FirstAnchor))
        {
            yield return segment;
        }

        _volume.WriteAnchor(_buffer.Next(SectorLength), UdfVolumeWriter.FirstAnchor);
    }

    private void WriteIsoDescriptors(long modified)
    {
        IsoVolumeWriter writer = new(_layout.Options, Regions);
        writer.WritePrimary(_buffer.Next(SectorLength), _iso.ExtentOf(0), modified);
        writer.WriteJoliet(_buffer.Next(SectorLength), _joliet.ExtentOf(0), modified);
        IsoVolumeWriter.WriteTerminator(_buffer.Next(SectorLength));
    }

    private IEnumerable<ImageSegment> Iso() =>
        PathTables().Concat(At(Regions.IsoDirectories, _iso.Write()))
            .Concat(At(Regions.JolietDirectories, _joliet.Write()))
            .Concat(PadTo(Regions.Partition));

    private IEnumerable<ImageSegment> PathTables()
    {
        PathTable iso = PathTable.Iso(_tables);
        PathTable joliet = PathTable.Joliet(_tables);
        return WriteTable(iso, isJoliet: false, isBigEndian: false)
            .Concat(WriteTable(iso, isJoliet: false, isBigEndian: true))
            .Concat(WriteTable(joliet, isJoliet: true, isBigEndian: false))
            .Concat(WriteTable(joliet, isJoliet: true, isBigEndian: true));
    }

    private IEnumerable<ImageSegment> WriteTable(PathTable table, bool isJoliet, bool isBigEndian)
    {
        for (int position = 0; position < table.Count; position++)
        {
            WritePath(table, position, isJoliet, isBigEndian);
            if (_buffer.IsFull)
            {
                yield return _buffer.Take();
            }
        }

        _buffer.EndSector();
    }

    private void WritePath(PathTable table, int position, bool isJoliet, bool isBigEndian)
    {
        int place = table.PlaceAt(position);
        ReadOnlySpan<byte> identifier = place == 0 ? [0] : isJoliet ? _tables.JolietNames[place] : PathTable.IsoNameOf(_tables, place);
        long sector = isJoliet ? _joliet.ExtentOf(place).Sector : _iso.ExtentOf(place).Sector;
        table.Write(_buffer.Next(DirectoryComposer.PathRecordLength(identifier.Length)), position, identifier, (sector, isBigEndian));
    }

    private bool HasMirror => _layout.Options.Revision == UdfRevision.Udf250;

    private IEnumerable<ImageSegment> Metadata() =>
        (HasMirror ? MetadataFile(UdfEntryWriter.MetadataFile, Regions.Partition, Regions.Metadata) : [])
            .Concat(At(Regions.Metadata, new UdfDirectoryWriter(_layout, _tables, _buffer).Write()))
            .Concat(PadTo(Regions.Contents));

    private IEnumerable<ImageSegment> Contents()
    {
        if (!_buffer.IsEmpty)
        {
            yield return _buffer.Take();
        }

        long next = Regions.Contents;
        foreach (int content in _layout.Contents)
        {
            long size = _layout.SizeOfContent(content);
            if (size > 0)
            {
                yield return new() { Sector = next, Length = size, Content = content };
                next += VolumeGeometry.SectorsOf(size);
            }
        }

        Require(next == Regions.ContentsEnd, "contents", next);
        _buffer.SkipTo(next);
    }

    private IEnumerable<ImageSegment> Mirror() => HasMirror
        ? MetadataFile(UdfEntryWriter.MetadataMirror, Regions.ContentsEnd, Regions.Mirror)
            .Concat(At(Regions.Mirror, new UdfDirectoryWriter(_layout, _tables, _buffer).Write()))
            .Concat(PadTo(Regions.PartitionEnd))
        : [];

    // The file entry of a metadata file, and what lies between it and its content.
    private IEnumerable<ImageSegment> MetadataFile(byte type, long sector, long content)
    {
        WriteMetadataFile(type, sector, content);
        foreach (ImageSegment segment in PadTo(content))
        {
            yield return segment;
        }
    }

    private void WriteMetadataFile(byte type, long sector, long content)
    {
        UdfEntry entry = new()
        {
            Type = type,
            Location = sector - Regions.Partition,
            Block = content - Regions.Partition,
            Length = (Regions.Contents - Regions.Metadata) * SectorLength,
            Links = 1,
            UniqueId = 0,
        };
        NodeAttributes attributes = new(0, 0, 0, _layout.Options.RecordedNanoseconds);
        new UdfEntryWriter(_layout.Options.Revision, metadataPartition: 0).WriteEntry(_buffer.Next(SectorLength), entry, attributes);
    }

    private IEnumerable<ImageSegment> End()
    {
        Require(_buffer.Position == Regions.PartitionEnd * SectorLength, "the partition", _buffer.Position / SectorLength);
        _volume.WriteSequence(_buffer.Next(VolumeGeometry.SequenceSectors * SectorLength), Regions.PartitionEnd);
        foreach (ImageSegment segment in PadTo(Regions.End - 1))
        {
            yield return segment;
        }

        _volume.WriteAnchor(_buffer.Next(SectorLength), Regions.End - 1);
        yield return _buffer.Take();
    }

    // What is laid out and what is written must be the same: a difference is a bug, and no image.
    private IEnumerable<ImageSegment> At(long sector, IEnumerable<ImageSegment> region)
    {
        Require(_buffer.Position == sector * SectorLength, "a region", _buffer.Position / SectorLength);
        foreach (ImageSegment segment in region)
        {
            yield return segment;
        }
    }

    private IEnumerable<ImageSegment> PadTo(long sector)
    {
        while (!_buffer.TryPadTo(sector))
        {
            yield return _buffer.Take();
        }
    }

    private static void Require(bool isTrue, string what, long sector)
    {
        if (!isTrue)
        {
            throw new UnreachableException($"{what} came to sector {sector}, where it was not laid out");
        }
    }
}
