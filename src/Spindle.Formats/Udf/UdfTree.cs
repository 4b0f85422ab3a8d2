// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>The tree of files of a UDF volume (ECMA-167, 3rd edition, part 4).</summary>
internal sealed partial class UdfTree : FileTree
{
    private const int RootIcb = 400; // in a file set descriptor (4/14.1.15)

    // Linux follows no target of more than 4096 bytes; recorded as components, of 16 bits a character, it takes at most this.
    private const int MaximumTarget = 20 * 1024;

    private readonly Medium _medium;
    private readonly UdfVolume _volume;
    private readonly Findings _findings;
    private readonly byte[] _block;
    private readonly List<DiscStructure> _structures = [];
    private VolumeEntry? _root;

    private UdfTree(Medium medium, UdfVolume volume, Findings findings)
    {
        _medium = medium;
        _volume = volume;
        _findings = findings;
        _block = new byte[volume.BlockSize];
    }

    /// <inheritdoc/>
    public override VolumeView View => VolumeView.Udf;

    /// <inheritdoc/>
    public override string VolumeIdentifier => _volume.Label;

    /// <inheritdoc/>
    public override VolumeEntry Root => _root!; // Open gives no tree without one

    /// <inheritdoc/>
    public override IEnumerable<DiscStructure> Structures => _structures;

    /// <summary>Opens the tree; null where file set or root directory can't be read.</summary>
    public static UdfTree? Open(Medium medium, UdfVolume volume, Findings findings)
    {
        if (volume.Descriptors.LogicalVolume is not { } logical)
        {
            findings.Add(UdfRules.FileSetPresent, volume.Descriptors.Anchors[0].MainBlock * (long)volume.BlockSize, "no logical volume descriptor names it");
            return null;
        }

        UdfTree tree = new(medium, volume, findings);
        AllocationDescriptor at = logical.FileSet;
        if (!volume.TryReadBlock(at.Partition, at.Block, tree._block, out long position)
            || !DescriptorTag.TryRead(tree._block, position, findings, out DescriptorTag tag) || tag.Identifier != TagId.FileSet)
        {
            findings.Add(UdfRules.FileSetPresent, logical.Position + 248, $"no file set descriptor in block {at.Block} of partition {at.Partition}");
            return null;
        }

        tree.AddStructures(position);
        AllocationDescriptor root = AllocationDescriptor.FromLong(tree._block.At(rbp: RootIcb));
        VolumeEntry entry = new() { Name = "", Type = EntryType.Directory };
        if (tree.Described(entry, root) is not { Type: EntryType.Directory } described)
        {
            findings.Add(UdfRules.FileSetPresent, position + RootIcb, $"no root directory in block {root.Block} of partition {root.Partition}");
            return null;
        }

        tree._root = described;
        return tree;
    }

    /// <inheritdoc/>
    public override IEnumerable<VolumeEntry> List(VolumeEntry directory)
    {
        using DirectoryBytes bytes = new(_medium, _volume, directory, _findings);
        while (bytes.TryNext(out long position))
        {
            if (Entry(bytes, position, directory) is { } entry)
            {
                yield return entry;
            }
        }
    }

    private VolumeEntry? Entry(DirectoryBytes bytes, long position, VolumeEntry directory)
    {
        if (!bytes.TryRead(position, out FileIdentifier identifier, out bool isIntact) || identifier.IsDeleted || identifier.IsParent)
        {
            return null;
        }

        string? name = UdfText.Compressed(identifier.Name);
        if (name is null)
        {
            _findings.Add(UdfRules.NameCompression, position, $"a name with compression {identifier.Name[0]}");
            name = Encoding.Latin1.GetString(identifier.Name);
        }

        VolumeEntry entry = new()
        {
            Name = name,
            Type = EntryType.File,
            Parent = directory,
            Depth = directory.Depth + 1,
            IsHidden = identifier.IsHidden,
            IsDescriptionLost = !isIntact,
        };
        return Described(entry, identifier.Icb)
            ?? entry with { Type = EntryType.Unknown, IsDescriptionLost = true, Descriptor = new(position, identifier.Length) };
    }

    /// <summary>Fills an entry from its file entry, which <see cref="_block"/> holds then.</summary>
    /// <param name="entry">What the directory says of it.</param>
    /// <param name="icb">Where the file entry lies.</param>
    /// <param name="isBeside">Whether it is a stream or the directory of streams, which have none themselves (UDF 2.60 §3.3.5.1).</param>
    /// <returns>Null where it can't be read.</returns>
    private VolumeEntry? Described(VolumeEntry entry, AllocationDescriptor icb, bool isBeside = false)
    {
        if (!_volume.TryReadBlock(icb.Partition, icb.Block, _block, out long position))
        {
            _findings.Add(UdfRules.FileEntryReadable, Math.Max(position, 0), $"block {icb.Block} of partition {icb.Partition}, for {entry.Path}, can't be read");
            return null;
        }

        if (!FileEntry.TryRead(_block, position, _findings, out FileEntry found) || !TryLatest(ref found, icb, ref position))
        {
            return null;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(_block.At(rbp: 12)) is var location && location != icb.Block && found.Strategy != 4096)
        {
            _findings.Add(UdfRules.TagLocation, position, $"a file entry in block {icb.Block} says that it lies in {location}");
        }

        EntryType type = found.FileType switch
        {
            4 or 13 => EntryType.Directory, // 13: of named streams
            12 => EntryType.Symlink,
            0 or 5 or >= 247 => EntryType.File,
            _ => EntryType.Other,
        };
        int typeBits = (type, found.FileType) switch
        {
            (EntryType.Directory, _) => 0x4000,
            (EntryType.Symlink, _) => 0xA000,
            (_, 6) => 0x6000,
            (_, 7) => 0x2000,
            (_, 9) => 0x1000,
            (_, 10) => 0xC000,
            _ => 0x8000,
        };
        Extent[] extents = _volume.Allocate(found, position, icb.Partition);
        bool isLink = type == EntryType.Symlink;
        bool isTargetLost = false;
        string? target = isLink ? Target(extents, found.InformationLength, out isTargetLost) : null;
        if (isTargetLost)
        {
            _findings.Add(UdfRules.LinkReadable, position, $"where {entry.Path} leads can't be read");
        }

        List<NamedStream> streams = [];
        bool areStreamsLost = !TryAddAttributes(streams, found.Attributes, [new(position + found.AttributesOffset, found.Attributes.Length)]);
        AllocationDescriptor attributeFile = found.AttributeFile;
        AllocationDescriptor streamDirectory = found.StreamDirectory;
        VolumeEntry described = new()
        {
            Name = entry.Name,
            Parent = entry.Parent,
            Depth = entry.Depth,
            IsHidden = entry.IsHidden,
            Type = type,
            Size = type is EntryType.File or EntryType.Directory ? found.InformationLength : 0,
            Times = new()
            {
                Modified = found.Modified,
                Accessed = found.Accessed,
                Changed = found.Changed,
                Created = found.Created,
            },
            Mode = found.PosixMode(typeBits),
            Uid = found.Uid,
            Gid = found.Gid,
            Links = (uint)found.LinkCount,
            Target = target,
            Extents = isLink ? [] : extents,
            IsDescriptionLost = entry.IsDescriptionLost || isTargetLost,
            Handle = position,
            Descriptor = new(position, _volume.BlockSize),
        };
        bool isPlain = streams.Count == 0 && !areStreamsLost && attributeFile.Length == 0 && streamDirectory.Length == 0;
        return isPlain || isBeside ? described : WithStreams(described, streams, areStreamsLost, attributeFile, streamDirectory);
    }

    // Strategy 4096 (4/14.6.2): behind each entry lies an indirect one (4/14.7), which may lead to a later version.
    private bool TryLatest(ref FileEntry entry, AllocationDescriptor icb, ref long position)
    {
        const int maximumVersions = 64;
        long length = icb.Length;
        for (int version = 0; entry.Strategy == 4096; version++)
        {
            if (version == maximumVersions)
            {
                _findings.Add(UdfRules.IcbEnds, position, $"more than {maximumVersions} versions");
                return true;
            }

            byte[] indirect = new byte[_volume.BlockSize];
            if (length < 2 * _volume.BlockSize || !_volume.TryReadBlock(icb.Partition, icb.Block + 1L, indirect, out _)
                || !DescriptorTag.Is(indirect, TagId.IndirectEntry))
            {
                return true;
            }

            AllocationDescriptor next = AllocationDescriptor.FromLong(indirect.At(rbp: 36));
            if (!_volume.TryReadBlock(next.Partition, next.Block, indirect, out long nextPosition)
                || !FileEntry.TryRead(indirect, nextPosition, new(), out FileEntry later))
            {
                return true;
            }

            indirect.CopyTo(_block, 0);
            FileEntry.TryRead(_block, nextPosition, new(), out entry);
            (icb, position, length) = (next, nextPosition, next.Length);
        }

        return true;
    }

    // Path components (4/14.16.1): type, length of the name, version, name.
    private string Target(Extent[] extents, long length, out bool isLost)
    {
        byte[] bytes = new byte[(int)Math.Min(length, MaximumTarget)];
        using ContentStream content = new(_medium, extents, bytes.Length);
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        isLost = content.Unreadable.Count > 0 || length == 0;
        StringBuilder target = new();
        while (rest.Length >= 4)
        {
            byte type = rest.At(rbp: 0)[0];
            int nameLength = Math.Min(rest.At(rbp: 1)[0], rest.Length - 4);
            isLost |= type == 0 || (type == 5 && nameLength == 0); // 0 is reserved, and no name is empty
            if (target.Length > 0 && target[^1] != '/')
            {
                target.Append('/');
            }

            target.Append(type switch
            {
                1 or 2 => target.Length == 0 ? "/" : "",
                3 => "..",
                4 => ".",
                5 => UdfText.Compressed(rest.At(rbp: 4, length: nameLength)) ?? "",
                _ => "",
            });
            rest = rest[(4 + nameLength)..];
        }

        string text = target.ToString();
        isLost |= rest.Length > 0 || text.Contains('\0', StringComparison.Ordinal);
        return text;
    }

    private void AddStructures(long fileSet)
    {
        UdfDescriptors all = _volume.Descriptors;
        int size = all.BlockSize;
        _structures.AddRange(all.Anchors.Select(anchor => new DiscStructure("anchor volume descriptor pointer", new(anchor.Block * size, size))));
        Anchor first = all.Anchors[0];
        _structures.Add(new("main volume descriptor sequence", new(first.MainBlock * (long)size, first.MainLength)));
        _structures.Add(new("reserve volume descriptor sequence", new(first.ReserveBlock * (long)size, first.ReserveLength)));
        _structures.AddRange(all.Integrity.Select(d => new DiscStructure("logical volume integrity descriptor", new(d.Position, size))));
        _structures.AddRange(_volume.MetadataFiles);
        if (_volume.VirtualTableBlock is { } block)
        {
            _structures.Add(new("virtual allocation table", new(block * size, size)));
        }

        _structures.Add(new("file set descriptor", new(fileSet, size)));
    }
}
