// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>The tree of an HFS volume (Inside Macintosh: Files, 1992, chapter 2, 'Catalog Files', 'Extents Overflow Files').</summary>
/// <remarks>Offsets are those of a key, of the data behind it, or of an extent record, from 0.</remarks>
internal sealed class HfsTree : CatalogueTree
{
    private const uint CatalogueId = 4;
    private const uint ExtentsId = 3;
    private readonly BTreeFile _overflow;

    private HfsTree(Medium medium, HfsHeader header, Findings findings)
        : base(medium, header, findings)
    {
        List<Extent> overflow = Extents(header.Bytes.At(offset: 134));
        _overflow = new(medium, overflow, findings);
        List<Extent> catalogue = Fork(header.Bytes.At(offset: 150), header.Number32(offset: 146), CatalogueId, forkType: 0);
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

    // 'Catalog File Keys': length, reserved (ckrResrv1), directory above (ckrParID), name (ckrCName).
    protected override uint ParentOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 2));

    protected override string NameOf(ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> name = key.At(offset: 7, length: Math.Min(key.At(offset: 6)[0], key.Length - 7));
        return Medium.Names.IsNamed ? Medium.Names.Of(name) : MacRoman.Text(name);
    }

    // 'Catalog File Data Records': kind (cdrType); of a directory dirVal, dirDirID, dirCrDat, dirMdDat.
    protected override VolumeEntry? Entry(VolumeEntry named, ReadOnlySpan<byte> content) => content.At(offset: 0)[0] switch
    {
        1 when content.Length >= 18 => named with
        {
            Type = EntryType.Directory,
            Valence = BinaryPrimitives.ReadUInt16BigEndian(content.At(offset: 4)),
            Handle = BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 6)),
            Times = new()
            {
                Created = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 10))),
                Modified = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 14))),
            },
        },
        2 when content.Length >= 98 => File(named, content),
        _ => null, // threads
    };

    // The same of a file: filUsrWds at 4, filFlNum at 20, filLgLen at 26, filRLgLen at 36, filCrDat, filMdDat, filFndrInfo at 56, filExtRec at 74, filRExtRec.
    private VolumeEntry File(VolumeEntry named, ReadOnlySpan<byte> content)
    {
        uint id = BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 20));
        uint length = BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 26));
        return named with
        {
            Handle = id,
            Size = length,
            Times = new()
            {
                Created = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 44))),
                Modified = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 48))),
            },
            IsHidden = (BinaryPrimitives.ReadUInt16BigEndian(content.At(offset: 12)) & 0x4000) != 0,
            Extents = Fork(content.At(offset: 74), length, id, forkType: 0),
            FinderInfo = (byte[])[.. content.At(offset: 4, length: 16), .. content.At(offset: 56, length: 16)], // filUsrWds, filFndrInfo
            ResourceFork = Fork(content.At(offset: 86), BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 36)), id, forkType: 0xFF),
        };
    }

    // 'Extents Overflow Files': an extent record has three descriptors of first block and count (xdrStABN, xdrNumABlks).
    private List<Extent> Extents(ReadOnlySpan<byte> record)
    {
        List<Extent> extents = [];
        for (int index = 0; index < 3; index++)
        {
            int count = BinaryPrimitives.ReadUInt16BigEndian(record.At(offset: (index * 4) + 2));
            if (count > 0)
            {
                extents.Add(Header.Blocks(BinaryPrimitives.ReadUInt16BigEndian(record.At(offset: index * 4)), (uint)count));
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
            // Key: length 7, fork (xkrFkType), file (xkrFNum), first block of the fork (xkrFABN); then an extent record.
            uint leaf = _overflow.FindLeaf(record => record.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 2)) >= id ? 1 : -1);
            foreach (byte[] node in _overflow.Leaves(leaf))
            {
                for (int index = 0; index < _overflow.RecordCount(node) && !fork.IsComplete; index++)
                {
                    ReadOnlySpan<byte> record = _overflow.Record(node, index);
                    if (record.Length < 20)
                    {
                        continue;
                    }

                    uint file = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 2));
                    if (file == id && record.At(offset: 1)[0] == forkType)
                    {
                        fork.AddAt((uint)BinaryPrimitives.ReadUInt16BigEndian(record.At(offset: 6)), Extents(record.At(offset: 8)));
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
