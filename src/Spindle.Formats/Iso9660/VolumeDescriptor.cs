// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Iso9660;

/// <summary>One of the descriptors that begin an ISO 9660 volume (ECMA-119, 4th edition, §8).</summary>
/// <remarks>
/// Keeps the 2048 bytes as they are. The fields are those of a primary or supplementary descriptor (§8.4, §8.5); of another
/// type only <see cref="Type"/>, <see cref="StandardIdentifier"/> and <see cref="Version"/> have a meaning.
/// </remarks>
public sealed class VolumeDescriptor
{
    /// <summary>Bytes of a descriptor: one logical sector.</summary>
    public const int Length = 2048;

    /// <summary>Type of a boot record (§8.2).</summary>
    public const int BootType = 0;

    /// <summary>Type of a primary descriptor (§8.4).</summary>
    public const int PrimaryType = 1;

    /// <summary>Type of a supplementary or enhanced descriptor (§8.5).</summary>
    public const int SupplementaryType = 2;

    /// <summary>Type of the set terminator (§8.3).</summary>
    public const int TerminatorType = 255;

    private readonly byte[] _bytes;

    internal VolumeDescriptor(byte[] bytes, long position)
    {
        _bytes = bytes;
        Position = position;
    }

    /// <summary>Address on the disc, in bytes.</summary>
    public long Position { get; }

    /// <summary>What it describes (§8.1.1).</summary>
    public int Type => _bytes.At(bp: 1)[0];

    /// <summary>Five letters, <c>CD001</c> (§8.1.2).</summary>
    public ReadOnlySpan<byte> StandardIdentifier => _bytes.At(bp: 2, length: 5);

    /// <summary>1; in a supplementary descriptor, 2 says that it is an enhanced one (§8.1.3, §8.5.1).</summary>
    public int Version => _bytes.At(bp: 7)[0];

    /// <summary>Name of the volume, as recorded (§8.4.6).</summary>
    public ReadOnlySpan<byte> VolumeIdentifier => Bytes(first: 41, last: 72);

    /// <summary>Blocks of the volume (§8.4.8).</summary>
    public uint VolumeSpaceSize => Little32(bp: 81);

    /// <summary>Which characters the names have (§8.5.6); zeros in a primary descriptor.</summary>
    public ReadOnlySpan<byte> EscapeSequences => Bytes(first: 89, last: 120);

    /// <summary>Volumes of the set (§8.4.10).</summary>
    public int VolumeSetSize => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(bp: 121));

    /// <summary>Which of them this is, from 1 (§8.4.11).</summary>
    public int VolumeSequenceNumber => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(bp: 125));

    /// <summary>Bytes of a block (§8.4.12).</summary>
    public int LogicalBlockSize => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.At(bp: 129));

    /// <summary>Bytes of a path table (§8.4.13).</summary>
    public uint PathTableSize => Little32(bp: 133);

    /// <summary>First block of the little-endian path table (§8.4.14).</summary>
    public uint PathTableL => Little32(bp: 141);

    /// <summary>First block of the big-endian path table (§8.4.16).</summary>
    public uint PathTableM => BinaryPrimitives.ReadUInt32BigEndian(_bytes.At(bp: 149));

    /// <summary>First block of the second copy of the little-endian path table (§8.4.15); 0 where there is none.</summary>
    public uint OptionalPathTableL => Little32(bp: 145);

    /// <summary>First block of the second copy of the big-endian path table (§8.4.17); 0 where there is none.</summary>
    public uint OptionalPathTableM => BinaryPrimitives.ReadUInt32BigEndian(_bytes.At(bp: 153));

    /// <summary>The record of the root directory (§8.4.18), 34 bytes.</summary>
    public ReadOnlySpan<byte> RootRecord => Bytes(first: 157, last: 190);

    /// <summary>Address of <see cref="RootRecord"/> on the disc, in bytes.</summary>
    public long RootRecordPosition => Position + 156;

    /// <summary>When the volume was made (§8.4.26); null where that is not said.</summary>
    public DateTimeOffset? Created => IsoDate.Digits(Bytes(first: 814, last: 830));

    /// <summary>When the volume was last changed (§8.4.27).</summary>
    public DateTimeOffset? Modified => IsoDate.Digits(Bytes(first: 831, last: 847));

    /// <summary>Whether the names of this tree are those of Joliet: one of three escape sequences of ISO 2022 for UCS-2.</summary>
    public bool IsJoliet => Type == SupplementaryType && EscapeSequences is [0x25, 0x2F, 0x40 or 0x43 or 0x45, ..];

    /// <summary>Whether this is an enhanced descriptor of ISO 9660:1999.</summary>
    public bool IsEnhanced => Type == SupplementaryType && Version == 2 && !IsJoliet;

    /// <summary>The bytes from one position of the standard to another, both 1-based and inclusive.</summary>
    public ReadOnlySpan<byte> Bytes(int first, int last) => _bytes.At(bp: first, length: last - first + 1);

    /// <summary>Compares the two byte orders of every number that has both.</summary>
    internal void Verify(Findings findings)
    {
        BothOrders.Check32(_bytes.At(bp: 81), Position + 80, findings);
        BothOrders.Check16(_bytes.At(bp: 121), Position + 120, findings);
        BothOrders.Check16(_bytes.At(bp: 125), Position + 124, findings);
        BothOrders.Check16(_bytes.At(bp: 129), Position + 128, findings);
        BothOrders.Check32(_bytes.At(bp: 133), Position + 132, findings);
        if (LogicalBlockSize is not (512 or 1024 or 2048))
        {
            findings.Add(Iso9660Rules.BlockSizeAllowed, Position + 128, $"a block size of {LogicalBlockSize}");
        }
    }

    private uint Little32(int bp) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.At(bp: bp));
}
