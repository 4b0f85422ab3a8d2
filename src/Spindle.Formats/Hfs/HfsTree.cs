// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>The tree of an HFS volume (Inside Macintosh: Files, 1992, 'Catalog File').</summary>
internal sealed class HfsTree : CatalogueTree
{
    private const uint CatalogueId = 4;
    private const uint ExtentsId = 3;
    private readonly BTreeFile _overflow;

    private HfsTree(Medium medium, HfsHeader header, Findings findings)
        : base(medium, header, findings)
    {
        List<Extent> overflow = Extents(header.Bytes[134..]);
        _overflow = new(medium, overflow, findings);
        List<Extent> catalogue = Fork(header.Bytes[150..], header.Number32(146), CatalogueId, forkType: 0);
        Catalogue = new(medium, catalogue, findings);
        AddStructure("master directory block", [new(header.Position, HfsHeader.Length)]);
        AddStructure("extents overflow file", overflow);
        AddStructure("catalogue file", catalogue);
    }

    /// <inheritdoc/>
    public override VolumeView View => VolumeView.Hfs;

    /// <inheritdoc/>
    protected override BTreeFile Catalogue { get; }

    /// <summary>Opens the tree; null where its catalogue can't be read.</summary>
    public static HfsTree? Open(Medium medium, HfsHeader header, Findings findings)
    {
        HfsTree tree = new(medium, header, findings);
        return tree.TryOpen() ? tree : null;
    }

    // Key: length, reserved, parent at 2, name at 6.
    protected override uint ParentOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32BigEndian(record[2..]);

    protected override string NameOf(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> name = key.Slice(7, Math.Min(key[6], key.Length - 7));
        return Medium.Names.IsNamed ? Medium.Names.Of(name) : MacRoman.Text(name);
    }

    protected override VolumeEntry? Entry(VolumeEntry named, ReadOnlySpan<byte> content) => content[0] switch
    {
        1 when content.Length >= 18 => named with
        {
            Type = EntryType.Directory,
            Valence = BinaryPrimitives.ReadUInt16BigEndian(content[4..]),
            Handle = BinaryPrimitives.ReadUInt32BigEndian(content[6..]),
            Times = new()
            {
                Created = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content[10..])),
                Modified = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content[14..])),
            },
        },
        2 when content.Length >= 98 => File(named, content),
        _ => null, // threads
    };

    private VolumeEntry File(VolumeEntry named, ReadOnlySpan<byte> content)
    {
        uint id = BinaryPrimitives.ReadUInt32BigEndian(content[20..]);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(content[26..]);
        return named with
        {
            Handle = id,
            Size = length,
            Times = new()
            {
                Created = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content[44..])),
                Modified = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content[48..])),
            },
            IsHidden = (BinaryPrimitives.ReadUInt16BigEndian(content[12..]) & 0x4000) != 0,
            Extents = Fork(content[74..], length, id, forkType: 0),
            FinderInfo = (byte[])[.. content.Slice(4, 16), .. content.Slice(56, 16)], // filUsrWds, filFndrInfo
            ResourceFork = Fork(content[86..], BinaryPrimitives.ReadUInt32BigEndian(content[36..]), id, forkType: 0xFF),
        };
    }

    private List<Extent> Extents(ReadOnlySpan<byte> record)
    {
        List<Extent> extents = [];
        for (int index = 0; index < 3; index++)
        {
            int count = BinaryPrimitives.ReadUInt16BigEndian(record[((index * 4) + 2)..]);
            if (count > 0)
            {
                extents.Add(Header.Blocks(BinaryPrimitives.ReadUInt16BigEndian(record[(index * 4)..]), (uint)count));
            }
        }

        return extents;
    }

    private List<Extent> Fork(ReadOnlySpan<byte> first, long length, uint id, byte forkType)
    {
        ForkExtents fork = new(length, Header.BlockSize);
        fork.Add(Extents(first));
        if (!fork.IsComplete && id != ExtentsId && _overflow is { NodeSize: > 0 })
        {
            // Key: 7, fork type, file, first block of the fork; then three extents.
            uint leaf = _overflow.FindLeaf(record => record.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(record[2..]) >= id ? 1 : -1);
            foreach (byte[] node in _overflow.Leaves(leaf))
            {
                for (int index = 0; index < _overflow.RecordCount(node) && !fork.IsComplete; index++)
                {
                    ReadOnlySpan<byte> record = _overflow.Record(node, index);
                    if (record.Length < 20)
                    {
                        continue;
                    }

                    uint file = BinaryPrimitives.ReadUInt32BigEndian(record[2..]);
                    if (file == id && record[1] == forkType)
                    {
                        fork.AddAt((uint)BinaryPrimitives.ReadUInt16BigEndian(record[6..]), Extents(record[8..]));
                    }
                    else if (file > id)
                    {
                        return fork.Finish(Findings, Header.Position, id);
                    }
                }
            }
        }

        return fork.Finish(Findings, Header.Position, id);
    }
}
