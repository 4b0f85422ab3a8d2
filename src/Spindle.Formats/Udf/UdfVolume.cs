// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>A UDF volume: its descriptors, its partitions, and how to follow allocation descriptors in them.</summary>
internal sealed partial class UdfVolume
{
    private const int PreviousTable = 132; // in a virtual allocation table: its length and its name come first (UDF 2.60 §2.2.11)
    private const int SparingHeader = 56; // RBP 0 to 55 of a sparing table (UDF 2.60 §2.2.12)

    private readonly Medium _medium;
    private readonly Findings _findings;
    private readonly List<UdfPartition?> _partitions = [];
    private string? _tableLabel;

    private readonly long _end; // of the session, in bytes

    private UdfVolume(Medium medium, UdfDescriptors descriptors, Findings findings, long? end)
    {
        _end = Math.Min(end ?? medium.End, medium.End);
        _medium = medium;
        _findings = findings;
        Descriptors = descriptors;
    }

    public UdfDescriptors Descriptors { get; }

    public int BlockSize => Descriptors.BlockSize;

    /// <summary>Whether a virtual allocation table places the blocks: a disc that was written piece by piece.</summary>
    public bool IsVirtual { get; private set; }

    /// <summary>The block that holds the file entry of the virtual allocation table; null where there is none.</summary>
    public long? VirtualTableBlock { get; private set; }

    /// <summary>The block of the disc in which the table before it is described; null where that is the first one.</summary>
    public long? PreviousTableBlock { get; private set; }

    /// <summary>Whether something was recorded behind that table: a newer one is lost, and what is shown is an older session.</summary>
    public bool IsTableOlder { get; private set; }

    /// <summary>Name of the volume: that of the virtual allocation table, which every session gives anew, before that of the descriptors.</summary>
    public string Label => _tableLabel is { Length: > 0 } newest ? newest
        : Descriptors.LogicalVolume?.LogicalVolumeIdentifier is { Length: > 0 } name ? name
        : Descriptors.Primary?.VolumeIdentifier ?? "";

    /// <summary>Extents of the metadata file and of its mirror.</summary>
    public List<DiscStructure> MetadataFiles { get; } = [];

    /// <summary>Opens the volume of a session.</summary>
    /// <param name="medium">The medium.</param>
    /// <param name="sessionPosition">Address on the disc of the session, in bytes.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    /// <param name="end">Address of the first byte behind the session; null for the end of the medium.</param>
    /// <returns>Null where there is none.</returns>
    /// <remarks>Later sessions of a disc that is written piece by piece have no descriptors of their own: its first ones count (UDF 2.60 §6.10.1).</remarks>
    public static UdfVolume? Open(Medium medium, long sessionPosition, Findings findings, long? end = null) =>
        OpenAt(medium, sessionPosition, findings, end)
        ?? (sessionPosition > medium.Start && OpenAt(medium, medium.Start, new(), end) is { IsVirtual: true } ? OpenAt(medium, medium.Start, findings, end) : null);

    private static UdfVolume? OpenAt(Medium medium, long sessionPosition, Findings findings, long? end)
    {
        if (UdfDescriptors.Read(medium, sessionPosition, findings) is not { } descriptors)
        {
            return null;
        }

        UdfVolume volume = new(medium, descriptors, findings, end);
        if (descriptors.LogicalVolume is { } logical)
        {
            volume.OpenPartitions(logical);
        }

        return volume;
    }

    /// <summary>The partition of a number; null where it is not there or can't be followed.</summary>
    public UdfPartition? Partition(int reference) => reference < _partitions.Count ? _partitions[reference] : null;

    /// <summary>Reads the start of a block of a partition.</summary>
    public bool TryReadBlock(int partition, long block, Span<byte> buffer, out long position)
    {
        position = -1;
        return Partition(partition)?.TryRead(_medium, block, buffer, out position) ?? false;
    }

    /// <summary>Where the second copy of a directory lies that lies in the metadata file; nowhere if there is none.</summary>
    public Extent[] MirrorOf(VolumeEntry directory)
    {
        int number = _partitions.FindIndex(partition => partition is MetadataPartition { Mirror: not null });
        byte[] block = new byte[number < 0 ? 0 : BlockSize];
        return number >= 0 && _medium.TryRead(directory.Handle, block) && FileEntry.TryRead(block, directory.Handle, new(), out FileEntry entry)
            ? Allocate(entry, directory.Handle, other => Partition(other) is MetadataPartition twice ? twice.Mirror : Partition(other), number)
            : [];
    }

    private void OpenPartitions(UdfDescriptor logical)
    {
        ReadOnlySpan<byte> maps = logical.PartitionMaps;
        uint count = Math.Min(logical.PartitionMapCount, 64);
        while (_partitions.Count < count && maps.Length >= 2)
        {
            int length = maps.At(rbp: 1)[0];
            if (length < 2 || length > maps.Length)
            {
                break;
            }

            UdfPartition? partition = OpenPartition(maps[..length]);
            if (partition is null)
            {
                _findings.Add(UdfRules.PartitionMapKnown, logical.Position + UdfDescriptor.PartitionMapsPosition, $"partition map {_partitions.Count} of type {maps.At(rbp: 0)[0]} can't be followed");
            }

            _partitions.Add(partition);
            maps = maps[length..];
        }
    }

    // Type 1: number (ECMA-167 3/10.7.2). Type 2: identifier, number (3/10.7.3; UDF 2.60 §2.2.8 - §2.2.10).
    private UdfPartition? OpenPartition(ReadOnlySpan<byte> map)
    {
        if (map is [1, 6, ..]) // type and length, of either kind (3/10.7.1)
        {
            return Physical(BinaryPrimitives.ReadUInt16LittleEndian(map.At(rbp: 4)));
        }

        if (map is not [2, 64, ..] || Physical(BinaryPrimitives.ReadUInt16LittleEndian(map.At(rbp: 38))) is not { } below)
        {
            return null;
        }

        return UdfText.Identifier(map.At(rbp: 4, length: 32)) switch
        {
            "*UDF Virtual Partition" => OpenVirtual(below),
            "*UDF Sparable Partition" => OpenSparable(below, map),
            "*UDF Metadata Partition" => OpenMetadata(below, map),
            _ => null,
        };
    }

    private PhysicalPartition? Physical(int number) =>
        Descriptors.Partitions.FirstOrDefault(d => d.PartitionNumber == number) is { } descriptor
            ? new(descriptor.PartitionStart, descriptor.PartitionLength, BlockSize)
            : null;

    // Its file entry is the last block that was recorded (2.2.11); behind it lie at most the run-out of the drive, or padding.
    private VirtualPartition? OpenVirtual(PhysicalPartition below)
    {
        const int recordedBlocks = 512;
        const int emptyBlocks = 32_768;
        IsVirtual = true;
        long last = (_end / BlockSize) - 1;
        byte[] block = new byte[BlockSize];
        (int recorded, int empty) = (0, 0);
        for (long at = last; recorded < recordedBlocks && empty < emptyBlocks && at > below.Start; at--)
        {
            if (!_medium.TryRead(at * BlockSize, block) || block.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            {
                empty++;
                continue;
            }

            recorded++;
            if (!(DescriptorTag.Is(block, TagId.FileEntry) || DescriptorTag.Is(block, TagId.ExtendedFileEntry))
                || !FileEntry.TryRead(block, at * BlockSize, new(), out FileEntry entry) || entry.FileType is not (248 or 0)
                || BinaryPrimitives.ReadUInt32LittleEndian(block.At(rbp: 12)) != at - below.Start)
            {
                continue;
            }

            bool isOld = entry.FileType == 0;
            ContentStream table = new(_medium, Allocate(entry, at * BlockSize, _ => below, 0), entry.InformationLength);
            Span<byte> header = stackalloc byte[PreviousTable + 4];
            header.Clear();
            if (isOld ? !EndsAsTable(table, header.At(rbp: PreviousTable)) : table.ReadAtLeast(header, 2, throwOnEndOfStream: false) < 2 || table.Unreadable.Count > 0)
            {
                continue;
            }

            VirtualTableBlock = at;
            IsTableOlder = recorded > 1;
            if (IsTableOlder)
            {
                _findings.Add(UdfRules.VirtualTablePresent, at * BlockSize, $"something is recorded behind the table in block {at}: a newer one is lost, and this is an older session");
            }

            uint previous = BinaryPrimitives.ReadUInt32LittleEndian(header.At(rbp: PreviousTable)); // in the partition; FFFFFFFF: there is none
            PreviousTableBlock = previous == uint.MaxValue || below.Start + previous >= at ? null : below.Start + previous;
            _tableLabel = isOld ? null : UdfText.Field(header.At(rbp: 4, length: 128));
            return new(below, table, isOld ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(header.At(rbp: 0)), BlockSize);
        }

        _findings.Add(UdfRules.VirtualTablePresent, last * BlockSize, "no virtual allocation table in the last blocks");
        return null;
    }

    // UDF 1.50 §2.2.10: the table ends with its identifier and the place of the one before.
    private static bool EndsAsTable(ContentStream table, Span<byte> previous)
    {
        Span<byte> end = stackalloc byte[36];
        if (table.Length < end.Length)
        {
            return false;
        }

        table.Position = table.Length - end.Length;
        bool isTable = table.ReadAtLeast(end, end.Length, throwOnEndOfStream: false) == end.Length
            && UdfText.Identifier(end) == "*UDF Virtual Alloc Tbl";
        end.At(rbp: 32).CopyTo(previous);
        return isTable;
    }

    // The map: packet length, count of tables, their blocks (UDF 2.60 §2.2.9).
    private SparablePartition? OpenSparable(PhysicalPartition below, ReadOnlySpan<byte> map)
    {
        int packetBlocks = BinaryPrimitives.ReadUInt16LittleEndian(map.At(rbp: 40));
        int tables = Math.Min(map.At(rbp: 42)[0], (byte)4);
        byte[] bytes = new byte[SparingHeader];
        for (int index = 0; index < tables && packetBlocks > 0; index++)
        {
            long position = BinaryPrimitives.ReadUInt32LittleEndian(map.At(rbp: 48 + (index * 4))) * (long)BlockSize;
            if (!_medium.TryRead(position, bytes) || !DescriptorTag.Is(bytes, TagId.SparingTable)
                || UdfText.Identifier(bytes.At(rbp: 16, length: 32)) != "*UDF Sparing Table")
            {
                continue;
            }

            int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.At(rbp: 48));
            return new(below, packetBlocks, ReadSparing(position + SparingHeader, count), BlockSize);
        }

        _findings.Add(UdfRules.SparingTablePresent, below.Start * BlockSize, $"none of {tables} sparing tables can be read");
        return packetBlocks > 0 ? new(below, packetBlocks, new Dictionary<long, long>(), BlockSize) : null;
    }

    // Entries of two packets: that which was moved, where it is now (UDF 2.60 §2.2.12).
    private Dictionary<long, long> ReadSparing(long position, int count)
    {
        const uint firstSpecial = 0xFFFF_FFF0;
        Dictionary<long, long> moved = [];
        Span<byte> entry = stackalloc byte[8];
        for (int index = 0; index < count && _medium.TryRead(position + (index * 8L), entry); index++)
        {
            uint original = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(rbp: 0));
            if (original < firstSpecial)
            {
                moved[original] = BinaryPrimitives.ReadUInt32LittleEndian(entry.At(rbp: 4));
            }
        }

        return moved;
    }

    // The map: the file, its mirror (UDF 2.60 §2.2.10).
    private MetadataPartition? OpenMetadata(PhysicalPartition below, ReadOnlySpan<byte> map)
    {
        Extent[] main = MetadataFile(below, BinaryPrimitives.ReadUInt32LittleEndian(map.At(rbp: 40)), "metadata file");
        Extent[] mirror = MetadataFile(below, BinaryPrimitives.ReadUInt32LittleEndian(map.At(rbp: 44)), "metadata mirror file");
        return main.Length == 0 && mirror.Length == 0 ? null : new(ContentOf(main), ContentOf(mirror), BlockSize, _findings);
    }

    private ContentStream ContentOf(Extent[] extents) => new(_medium, extents, extents.Sum(extent => extent.Length));

    private Extent[] MetadataFile(PhysicalPartition below, uint block, string name)
    {
        byte[] bytes = new byte[BlockSize];
        if (below.TryRead(_medium, block, bytes, out long position) && FileEntry.TryRead(bytes, position, _findings, out FileEntry entry))
        {
            Extent[] extents = Allocate(entry, position, _ => below, 0);
            MetadataFiles.Add(new(name, new(position, BlockSize)));
            MetadataFiles.AddRange(extents.Select(extent => new DiscStructure(name, extent)));
            return extents;
        }

        _findings.Add(UdfRules.MetadataPresent, (below.Start + block) * BlockSize, $"the {name} can't be read");
        return [];
    }
}
