// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>One descriptor of a volume descriptor sequence or integrity sequence (ECMA-167, 3rd edition, 3/10).</summary>
/// <remarks>Keeps the bytes as they are. Positions are the standard's "RBP", from 0; what a property reads depends on <see cref="Id"/>.</remarks>
public sealed class UdfDescriptor
{
    /// <summary>Bytes that are kept: all defined fields and partition maps lie in them.</summary>
    public const int Length = 512;

    /// <summary>Where the partition maps of a logical volume begin (3/10.6.13).</summary>
    internal const int PartitionMapsPosition = 440;

    private readonly byte[] _bytes;

    internal UdfDescriptor(byte[] bytes, long position)
    {
        _bytes = bytes;
        Position = position;
    }

    /// <summary>Address on the disc, in bytes.</summary>
    public long Position { get; }

    /// <summary>What it is: 1 primary, 5 partition, 6 logical volume, 9 integrity (3/7.2.1).</summary>
    public int Id => Number16(rbp: 0);

    /// <summary>Version of the descriptor (3/7.2.2).</summary>
    public int Version => Number16(rbp: 2);

    /// <summary>Serial number of the tag (3/7.2.5).</summary>
    public int SerialNumber => Number16(rbp: 6);

    /// <summary>The higher of two descriptors of a kind prevails (3/8.4.3); not in an integrity descriptor.</summary>
    public uint SequenceNumber => Number32(rbp: 16);

    /// <summary>Name of the volume, in a primary descriptor (3/10.1.4).</summary>
    public string VolumeIdentifier => UdfText.Field(_bytes.At(rbp: 24, length: 32));

    /// <summary>Number of the partition, in a partition descriptor (3/10.5.4).</summary>
    public int PartitionNumber => Number16(rbp: 22);

    /// <summary>How a partition may be written: 1 not at all, 2 once, 3 again after erasing, 4 at will (3/10.5.7).</summary>
    public uint AccessType => Number32(rbp: 184);

    /// <summary>First block of a partition (3/10.5.8).</summary>
    public uint PartitionStart => Number32(rbp: 188);

    /// <summary>Blocks of a partition (3/10.5.9).</summary>
    public uint PartitionLength => Number32(rbp: 192);

    /// <summary>Name of the logical volume (3/10.6.4).</summary>
    public string LogicalVolumeIdentifier => UdfText.Field(_bytes.At(rbp: 84, length: 128));

    /// <summary>Bytes of a block (3/10.6.5).</summary>
    public uint LogicalBlockSize => Number32(rbp: 212);

    /// <summary>Revision of UDF that the volume keeps to, such as 0x0201 (UDF 2.60 §2.1.5.3).</summary>
    public int UdfRevision => Number16(rbp: 240);

    /// <summary>Where the file set descriptor is (4/3.1).</summary>
    public AllocationDescriptor FileSet => AllocationDescriptor.FromLong(_bytes.At(rbp: 248));

    /// <summary>Partition maps of a logical volume (3/10.6.13), with their count.</summary>
    public ReadOnlySpan<byte> PartitionMaps => _bytes.At(rbp: PartitionMapsPosition, length: (int)Math.Min(Number32(rbp: 264), Length - PartitionMapsPosition));

    /// <summary>How many partition maps there are (3/10.6.9).</summary>
    public uint PartitionMapCount => Number32(rbp: 268);

    /// <summary>Bytes of the integrity sequence (3/10.6.12).</summary>
    public uint IntegrityLength => Number32(rbp: 432);

    /// <summary>First block of the integrity sequence.</summary>
    public uint IntegrityBlock => Number32(rbp: 436);

    /// <summary>When an integrity descriptor was recorded (3/10.10.2).</summary>
    public DateTimeOffset? IntegrityTime => UdfText.Time(_bytes.At(rbp: 16));

    /// <summary>0 open, 1 closed (3/10.10.3).</summary>
    public uint IntegrityType => Number32(rbp: 28);

    /// <summary>Where the integrity sequence goes on (3/10.10.4): bytes, then block.</summary>
    public (uint Length, uint Block) NextIntegrity => (Number32(rbp: 32), Number32(rbp: 36));

    /// <summary>The bytes as recorded.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A little-endian number of 16 bits.</summary>
    internal int Number16(int rbp) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(rbp: rbp));

    /// <summary>A little-endian number of 32 bits.</summary>
    internal uint Number32(int rbp) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(rbp: rbp));
}
