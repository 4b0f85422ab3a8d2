// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>An extent in a partition (ECMA-167, 3rd edition, 4/14.14).</summary>
/// <param name="Length">Bytes, below 2^30 (4/14.14.1.1).</param>
/// <param name="Block">First block in the partition.</param>
/// <param name="Partition">Number of the partition map.</param>
/// <param name="Type">0 recorded, 1 allocated only, 2 neither, 3 where the descriptors go on (4/14.14.1.1).</param>
public readonly record struct AllocationDescriptor(uint Length, uint Block, int Partition, int Type)
{
    /// <summary>Bytes of a short descriptor.</summary>
    public const int ShortLength = 8;

    /// <summary>Bytes of a long descriptor.</summary>
    public const int LongLength = 16;

    /// <summary>Bytes of an extended descriptor.</summary>
    public const int ExtendedLength = 20;

    /// <summary>Reads a short descriptor (4/14.14.1), which lies in the partition of its file entry.</summary>
    public static AllocationDescriptor FromShort(ReadOnlySpan<byte> bytes, int partition)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 0));
        return new(length & 0x3FFF_FFFF, BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 4)), partition, (int)(length >> 30));
    }

    /// <summary>Reads a long descriptor (4/14.14.2).</summary>
    public static AllocationDescriptor FromLong(ReadOnlySpan<byte> bytes) =>
        FromShort(bytes, BinaryPrimitives.ReadUInt16LittleEndian(bytes.At(rbp: 8)));

    /// <summary>Reads an extended descriptor (4/14.14.3).</summary>
    public static AllocationDescriptor FromExtended(ReadOnlySpan<byte> bytes)
    {
        AllocationDescriptor same = FromShort(bytes, BinaryPrimitives.ReadUInt16LittleEndian(bytes.At(rbp: 16)));
        return same with { Block = BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 12)) };
    }
}
