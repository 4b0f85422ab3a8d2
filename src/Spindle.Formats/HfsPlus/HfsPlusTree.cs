// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Hfs;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;

namespace Spindle.Formats.HfsPlus;

/// <summary>The tree of an HFS+ volume (Technical Note TN1150, 'HFS Plus Volume Format', 2004).</summary>
/// <remarks>Offsets are those of the structures of the note, whose fields lie one behind the other, from 0.</remarks>
internal sealed class HfsPlusTree : CatalogueTree
{
    private const uint ExtentsId = 3;
    private const uint CatalogueId = 4;
    private const int ForkLength = 80;
    private const string HardLinkDirectory = "\0\0\0\0HFS+ Private Data";
    private const string DirectoryLinkDirectory = ".HFS+ Private Directory Data\r";
    private readonly BTreeFile _overflow;
    private VolumeEntry? _hardLinks;
    private bool _isOpening;
    private bool _isResolving;

    private HfsPlusTree(Medium medium, HfsHeader header, Findings findings)
        : base(medium, header, findings)
    {
        List<Extent> overflow = Fork(header.Bytes.At(offset: 192, length: ForkLength), ExtentsId, forkType: 0);
        _overflow = new(medium, overflow, findings) { HasLongKeys = true };
        List<Extent> catalogue = Fork(header.Bytes.At(offset: 272, length: ForkLength), CatalogueId, forkType: 0);
        Catalogue = new(medium, catalogue, findings) { HasLongKeys = true };
        AddStructure("volume header", [new(header.Position, HfsHeader.Length)]);
        AddStructure("allocation file", Fork(header.Bytes.At(offset: 112, length: ForkLength), 6, forkType: 0));
        AddStructure("extents overflow file", overflow);
        AddStructure("catalogue file", catalogue);
        AddStructure("attributes file", Fork(header.Bytes.At(offset: 352, length: ForkLength), 8, forkType: 0));
    }

    /// <inheritdoc/>
    public override VolumeView View => VolumeView.HfsPlus;

    /// <inheritdoc/>
    protected override BTreeFile Catalogue { get; }

    /// <summary>Opens the tree; null where its catalogue can't be read.</summary>
    public static HfsPlusTree? Open(Medium medium, HfsHeader header, Findings findings)
    {
        HfsPlusTree tree = new(medium, header, findings);
        if (!tree.TryOpen())
        {
            return null;
        }

        tree._isOpening = true;
        tree._hardLinks = tree.List(tree.Root).FirstOrDefault(entry => entry.Name == HardLinkDirectory && entry.Type == EntryType.Directory);
        tree._isOpening = false;
        return tree;
    }

    // TN1150, 'Hard Links', and the same for directories.
    protected override bool IsPrivate(VolumeEntry entry) =>
        !_isOpening && entry.Depth == 1 && entry.Type == EntryType.Directory && (entry.Name is HardLinkDirectory or DirectoryLinkDirectory);

    // 'Catalog File Key': keyLength, parentID, nodeName, which begins with a count of characters.
    protected override uint ParentOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 2));

    protected override string NameOf(ReadOnlySpan<byte> key) =>
        key.Length < 8 ? "" : Encoding.BigEndianUnicode.GetString(key.At(offset: 8, length: Math.Min(BinaryPrimitives.ReadUInt16BigEndian(key.At(offset: 6)) * 2, (key.Length - 8) & ~1)));

    // 'Catalog Folder Records', 'Catalog File Records': valence at 4, the number at 8, four dates, 'HFS Plus Permissions' at 32.
    protected override VolumeEntry? Entry(VolumeEntry named, ReadOnlySpan<byte> content)
    {
        int kind = BinaryPrimitives.ReadInt16BigEndian(content.At(offset: 0));
        if (kind is not (1 or 2) || content.Length < (kind == 1 ? 88 : 88 + (2 * ForkLength)))
        {
            return null;
        }

        int mode = BinaryPrimitives.ReadUInt16BigEndian(content.At(offset: 42));
        VolumeEntry entry = named with
        {
            Type = kind == 1 ? EntryType.Directory : EntryType.File,
            Valence = kind == 1 ? BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 4)) : null,
            Handle = BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 8)),
            Times = new()
            {
                Created = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 12))),
                Modified = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 16))),
                Changed = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 20))),
                Accessed = DiscTime.Macintosh(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 24))),
            },
            Mode = mode == 0 ? null : mode,
            Uid = mode == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 32)),
            Gid = mode == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 36)),
        };

        // What a name leads to can't be found before the directory is, which comes behind all others (a NUL sorts last).
        return kind == 1 || _isOpening ? entry : File(entry, content, mode);
    }

    // 'Catalog File Records': permissions at 32 (ownerFlags 41, fileMode 42, iNodeNum 44), 'Finder Info' at 48, dataFork at 88, resourceFork.
    private VolumeEntry File(VolumeEntry entry, ReadOnlySpan<byte> content, int mode)
    {
        const int typeMask = 0xF000;
        const int regular = 0x8000;
        const int symlink = 0xA000;
        if (content.At(offset: 48, length: 8).SequenceEqual("hlnkhfs+"u8))
        {
            if (HardLinked(BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 44))) is { } inode)
            {
                return inode with { Name = entry.Name, Parent = entry.Parent, Depth = entry.Depth };
            }

            Findings.Add(HfsRules.HardLinkReadable, Header.Position, $"{entry.Path} is a name of file {BinaryPrimitives.ReadUInt32BigEndian(content.At(offset: 44))}, which is not there");
            return entry with { Type = EntryType.Unknown, IsDescriptionLost = true };
        }

        uint id = (uint)entry.Handle;
        ReadOnlySpan<byte> data = content.At(offset: 88, length: ForkLength);
        List<Extent> extents = Fork(data, id, forkType: 0);
        EntryType type = (mode & typeMask) switch
        {
            symlink => EntryType.Symlink,
            0 or regular => EntryType.File,
            _ => EntryType.Other,
        };
        bool isTargetLost = false;
        string? target = type == EntryType.Symlink ? Target(extents, Length(data), out isTargetLost) : null;
        if (isTargetLost)
        {
            Findings.Add(HfsRules.LinkReadable, extents.Count > 0 ? extents[0].Position : Header.Position, $"where {entry.Path} leads can't be read");
        }

        return entry with
        {
            Type = type,
            IsDescriptionLost = isTargetLost,
            Size = type == EntryType.File ? Length(data) : 0,
            Extents = type == EntryType.File ? extents : [],
            FinderInfo = content.At(offset: 48, length: 32).ToArray(), // userInfo, finderInfo
            IsSystemCompressed = type == EntryType.File && (content.At(offset: 41)[0] & 0x20) != 0,
            ResourceFork = Fork(content.At(offset: 168, length: ForkLength), id, forkType: 0xFF),
            Target = target,
            IsHidden = (BinaryPrimitives.ReadUInt16BigEndian(content.At(offset: 56)) & 0x4000) != 0,
        };
    }

    // TN1150, 'Hard Links': the content is in a file of a hidden directory, named by a number.
    private VolumeEntry? HardLinked(uint number)
    {
        if (_hardLinks is null || _isResolving)
        {
            return null;
        }

        _isResolving = true;
        VolumeEntry? inode = Find(_hardLinks, $"iNode{number}");
        _isResolving = false;
        return inode;
    }

    private string Target(List<Extent> extents, long length, out bool isLost)
    {
        byte[] bytes = new byte[(int)Math.Clamp(length, 0, 4096)];
        using ContentStream content = new(Medium, extents, bytes.Length);
        ReadOnlySpan<byte> read = bytes.AsSpan(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        isLost = content.Unreadable.Count > 0 || read.IsEmpty || read.Contains((byte)0);
        return IsoText.Bytes(read);
    }

    private static long Length(ReadOnlySpan<byte> fork) => (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(fork.At(offset: 0)), long.MaxValue / 2);

    // 'Fork Data Structure': logicalSize, clumpSize, totalBlocks, extents.
    private List<Extent> Fork(ReadOnlySpan<byte> fork, uint id, byte forkType)
    {
        ForkExtents extents = new(Length(fork), Header.BlockSize);
        extents.Add(Extents(fork.At(offset: 16)));
        if (!extents.IsComplete && id != ExtentsId && _overflow is { NodeSize: > 0 })
        {
            // 'Extents Overflow File Key': keyLength 10, forkType, pad, fileID, startBlock; then eight extents.
            uint leaf = _overflow.FindLeaf(record => record.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 4)) >= id ? 1 : -1);
            foreach (byte[] node in _overflow.Leaves(leaf))
            {
                for (int index = 0; index < _overflow.RecordCount(node) && !extents.IsComplete; index++)
                {
                    ReadOnlySpan<byte> record = _overflow.Record(node, index);
                    if (record.Length < 12 + 64)
                    {
                        continue;
                    }

                    uint file = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 4));
                    if (file == id && record.At(offset: 2)[0] == forkType)
                    {
                        extents.AddAt(BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 8)), Extents(record.At(offset: 12)));
                    }
                    else if (file > id)
                    {
                        return extents.Finish(Findings, Header.Position, id);
                    }
                }
            }
        }

        return extents.Finish(Findings, Header.Position, id);
    }

    // 'Fork Data Structure': an HFSPlusExtentRecord is eight of startBlock and blockCount.
    private List<Extent> Extents(ReadOnlySpan<byte> record)
    {
        List<Extent> extents = [];
        for (int index = 0; index < 8; index++)
        {
            uint count = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: (index * 8) + 4));
            if (count > 0)
            {
                extents.Add(Header.Blocks(BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: index * 8)), count));
            }
        }

        return extents;
    }
}
