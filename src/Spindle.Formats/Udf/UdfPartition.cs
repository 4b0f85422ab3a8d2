// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>Says where on the disc the blocks of a partition are (UDF 2.60 §2.2.4, §2.2.8 to §2.2.10).</summary>
internal abstract class UdfPartition(int blockSize)
{
    /// <summary>Bytes of a block.</summary>
    protected int BlockSize { get; } = blockSize;

    /// <summary>Finds a block, and how far the blocks behind it lie behind it on the disc, too.</summary>
    /// <returns>A recorded extent from that block on; null where the partition has no such block.</returns>
    public abstract Extent? Map(long block);

    /// <summary>Reads a descriptor at the start of a block.</summary>
    /// <param name="medium">The medium.</param>
    /// <param name="block">Which block.</param>
    /// <param name="buffer">All of the block, or less.</param>
    /// <param name="position">Address on the disc from which it was read, in bytes.</param>
    /// <returns>False where it can't be read.</returns>
    public virtual bool TryRead(Medium medium, long block, Span<byte> buffer, out long position)
    {
        position = Map(block) is { } extent && extent.Length >= buffer.Length ? extent.Position : -1;
        return position >= 0 && medium.TryRead(position, buffer);
    }
}

/// <summary>Blocks one behind the other (ECMA-167, 3rd edition, 3/10.7.2).</summary>
internal sealed class PhysicalPartition(uint start, uint length, int blockSize) : UdfPartition(blockSize)
{
    public long Start => start;

    /// <inheritdoc/>
    public override Extent? Map(long block) =>
        block < 0 || block >= length ? null : new((start + block) * BlockSize, (length - block) * BlockSize);
}

/// <summary>Packets one behind the other, but for those that were moved because their place went bad (§2.2.9, §2.2.12).</summary>
internal sealed class SparablePartition(PhysicalPartition below, int packetBlocks, IReadOnlyDictionary<long, long> moved, int blockSize)
    : UdfPartition(blockSize)
{
    /// <inheritdoc/>
    public override Extent? Map(long block)
    {
        if (below.Map(block) is not { } extent || moved.Count == 0)
        {
            return below.Map(block);
        }

        long inside = block % packetBlocks;
        long left = Math.Min(extent.Length, (packetBlocks - inside) * BlockSize);
        return moved.TryGetValue(block - inside, out long place)
            ? new((place + inside) * BlockSize, left)
            : new(extent.Position, left);
    }
}

/// <summary>Blocks each of which a table places anywhere in a physical partition (§2.2.8, §2.2.11).</summary>
internal sealed class VirtualPartition(PhysicalPartition below, ContentStream table, long firstEntry, int blockSize) : UdfPartition(blockSize)
{
    /// <inheritdoc/>
    public override Extent? Map(long block)
    {
        Span<byte> entry = stackalloc byte[4];
        if (block < 0 || block > uint.MaxValue || firstEntry + (block * 4) > table.Length - 4)
        {
            return null;
        }

        table.Position = firstEntry + (block * 4);
        if (table.ReadAtLeast(entry, 4, throwOnEndOfStream: false) < 4)
        {
            return null;
        }

        uint place = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(entry.At(rbp: 0));
        return place == uint.MaxValue || below.Map(place) is not { } extent ? null : new(extent.Position, BlockSize);
    }
}

/// <summary>Blocks in the content of a file that is recorded twice (§2.2.10, §2.2.13).</summary>
internal sealed class MetadataPartition(ContentStream main, ContentStream mirror, int blockSize, Findings findings) : UdfPartition(blockSize)
{
    /// <inheritdoc/>
    public override Extent? Map(long block) => Map(main.Length > 0 ? main : mirror, block);

    /// <summary>The same partition, found through the mirror alone; null where that is lost.</summary>
    public MetadataPartition? Mirror => mirror.Length == 0 ? null : new(mirror, mirror, BlockSize, findings);

    /// <inheritdoc/>
    public override bool TryRead(Medium medium, long block, Span<byte> buffer, out long position)
    {
        foreach (ContentStream file in (ReadOnlySpan<ContentStream>)[main, mirror])
        {
            if (Map(file, block) is { } extent && extent.Length >= buffer.Length && medium.TryRead(extent.Position, buffer)
                && DescriptorTag.TryRead(buffer, extent.Position, new(), out DescriptorTag tag) && tag.Identifier != 0 && tag.IsIntact(buffer))
            {
                if (!ReferenceEquals(file, main) && main.Length > 0)
                {
                    findings.Add(UdfRules.MirrorAgrees, Map(main, block)?.Position ?? extent.Position, $"block {block} is read from the mirror of the metadata");
                }

                position = extent.Position;
                return true;
            }
        }

        return base.TryRead(medium, block, buffer, out position);
    }

    private Extent? Map(ContentStream file, long block) =>
        block < 0 ? null : file.RestOfExtent(block * BlockSize) is { Length: > 0, Kind: ExtentKind.Recorded } rest ? rest : null;
}
