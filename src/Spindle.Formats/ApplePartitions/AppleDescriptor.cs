// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Names;

namespace Spindle.Formats.ApplePartitions;

/// <summary>A block of Apple's partition scheme: the driver descriptor record, or an entry of the partition map.</summary>
/// <remarks>Inside Macintosh: Devices (1994), chapter 3. Offsets are that book's, from 0; all numbers big-endian.</remarks>
public sealed class AppleDescriptor
{
    /// <summary>Bytes of one.</summary>
    public const int Length = 512;

    private readonly byte[] _bytes;

    internal AppleDescriptor(byte[] bytes, long position)
    {
        _bytes = bytes;
        Position = position;
    }

    /// <summary>Address on the disc, in bytes.</summary>
    public long Position { get; }

    /// <summary>Bytes of a block, in a driver descriptor (sbBlkSize).</summary>
    public int BlockSize => BinaryPrimitives.ReadUInt16BigEndian(_bytes.At(offset: 2));

    /// <summary>Blocks of the device, in a driver descriptor (sbBlkCount).</summary>
    public uint BlockCount => Number32(offset: 4);

    /// <summary>Entries of the map (pmMapBlkCnt).</summary>
    public uint MapEntries => Number32(offset: 4);

    /// <summary>First block of the partition (pmPyPartStart).</summary>
    public uint PartitionStart => Number32(offset: 8);

    /// <summary>Blocks of the partition (pmPartBlkCnt).</summary>
    public uint PartitionBlocks => Number32(offset: 12);

    /// <summary>What is in the partition, such as <c>Apple_HFS</c> (pmParType).</summary>
    public string PartitionType => Text(offset: 48, length: 32);

    /// <summary>The bytes as recorded.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    internal uint Number32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.At(offset: offset));

    private string Text(int offset, int length)
    {
        ReadOnlySpan<byte> field = _bytes.At(offset: offset, length: length);
        int end = field.IndexOf((byte)0);
        return IsoText.Bytes(end < 0 ? field : field[..end]);
    }
}
