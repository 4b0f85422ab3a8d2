// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>From allocation descriptors to extents on the disc (ECMA-167, 3rd edition, 4/12.1, 4/14.14).</summary>
internal sealed partial class UdfVolume
{
    /// <summary>Extents of one file that are followed at most.</summary>
    public const int MaximumExtents = 100_000;

    private const int BytesOfExtent = 64;
    private const int ContinuationHeader = 24; // RBP 0 to 23 of an allocation extent descriptor (4/14.5)

    private readonly List<Extent> _extents = []; // of the file that is being looked at
    private Func<int, UdfPartition?>? _partitionOf;

    /// <summary>Where the content of a file is. The sum of the extents is the information length: what no descriptor places is unknown.</summary>
    /// <param name="entry">The file entry.</param>
    /// <param name="position">Address of its block on the disc, in bytes.</param>
    /// <param name="partition">Number of the partition that it lies in.</param>
    public Extent[] Allocate(FileEntry entry, long position, int partition) => Allocate(entry, position, _partitionOf ??= Partition, partition);

    private Extent[] Allocate(FileEntry entry, long position, Func<int, UdfPartition?> partitions, int own)
    {
        List<Extent> extents = _extents;
        extents.Clear();
        long wanted = entry.InformationLength;
        if (entry.AllocationKind == 3)
        {
            long embedded = Math.Min(wanted, entry.Allocation.Length);
            if (embedded > 0)
            {
                extents.Add(new(position + entry.AllocationOffset, embedded));
            }

            wanted -= embedded;
        }
        else if (entry.AllocationKind < 3)
        {
            wanted = Follow(entry.Allocation, entry.AllocationKind, wanted, extents, new(partitions, own, position));
        }

        if (wanted > 0)
        {
            _findings.Add(UdfRules.AllocationCovers, position, $"{wanted} of {entry.InformationLength} bytes are not allocated");
            extents.Add(new(0, wanted, ExtentKind.Unknown));
        }

        return [.. extents];
    }

    // Returns how many bytes are left without a place.
    private long Follow(ReadOnlySpan<byte> descriptors, int kind, long wanted, List<Extent> extents, Allocation allocation)
    {
        const int maximumHops = 16_384;
        int size = kind switch { 0 => AllocationDescriptor.ShortLength, 1 => AllocationDescriptor.LongLength, _ => AllocationDescriptor.ExtendedLength };
        byte[]? block = null;
        int hops = 0;
        while (descriptors.Length >= size && wanted > 0)
        {
            AllocationDescriptor next = kind switch
            {
                0 => AllocationDescriptor.FromShort(descriptors, allocation.Own),
                1 => AllocationDescriptor.FromLong(descriptors),
                _ => AllocationDescriptor.FromExtended(descriptors),
            };
            descriptors = descriptors[size..];
            if (next.Length == 0)
            {
                break;
            }

            if (next.Type == 3)
            {
                block ??= new byte[BlockSize];
                if (++hops > maximumHops || !TryContinue(next, block, allocation, out int length))
                {
                    _findings.Add(UdfRules.AllocationEnds, allocation.Position, $"the descriptors go on in block {next.Block}, and end there after {hops} steps");
                    break;
                }

                descriptors = block.At(rbp: ContinuationHeader, length: length);
                continue;
            }

            long taken = Math.Min(wanted, next.Length);
            if (!TryPlace(next, taken, extents, allocation))
            {
                break;
            }

            wanted -= taken;
        }

        return wanted;
    }

    // Allocation extent descriptor (4/14.5): tag, previous one, length of the descriptors, descriptors.
    private bool TryContinue(AllocationDescriptor next, byte[] block, Allocation allocation, out int length)
    {
        length = 0;
        if (allocation.Partitions(next.Partition) is not { } partition || !partition.TryRead(_medium, next.Block, block, out long position)
            || !DescriptorTag.TryRead(block, position, _findings, out DescriptorTag tag) || tag.Identifier != TagId.AllocationExtent)
        {
            return false;
        }

        length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(block.At(rbp: 20)), (uint)(BlockSize - ContinuationHeader));
        return true;
    }

    private bool TryPlace(AllocationDescriptor next, long length, List<Extent> extents, Allocation allocation)
    {
        if (next.Type != 0)
        {
            return TryAppend(extents, new(0, length, ExtentKind.Hole), allocation);
        }

        long block = next.Block;
        while (length > 0)
        {
            if (allocation.Partitions(next.Partition)?.Map(block) is not { } run)
            {
                _findings.Add(UdfRules.AllocationWithinPartition, allocation.Position, $"block {block} of partition {next.Partition} is not there");
                return TryAppend(extents, new(0, length, ExtentKind.Unknown), allocation);
            }

            long taken = Math.Min(length, run.Length);
            if (!TryAppend(extents, new(run.Position, taken), allocation))
            {
                return false;
            }

            length -= taken;
            block += (taken + BlockSize - 1) / BlockSize;
        }

        return true;
    }

    private bool TryAppend(List<Extent> extents, Extent extent, Allocation allocation)
    {
        if (extents.Count > 0 && extents[^1] is var last && last.Kind == extent.Kind
            && (extent.Kind != ExtentKind.Recorded || last.End == extent.Position))
        {
            extents[^1] = last with { Length = last.Length + extent.Length };
            return true;
        }

        // One block of descriptors, read again and again, describes files without end: each extent counts as much as a line of a book.
        if (extents.Count == MaximumExtents || !_medium.TrySpend(BytesOfExtent))
        {
            _findings.Add(UdfRules.AllocationEnds, allocation.Position, $"more than {extents.Count} extents");
            return false;
        }

        extents.Add(extent);
        return true;
    }

    private readonly record struct Allocation(Func<int, UdfPartition?> Partitions, int Own, long Position);
}
