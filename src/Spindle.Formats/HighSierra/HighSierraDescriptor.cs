// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.HighSierra;

/// <summary>The standard file structure volume descriptor of the High Sierra draft (1986).</summary>
/// <remarks>
/// As in ISO 9660, but each descriptor begins with its own block number, so that all fields lie eight bytes later. The draft
/// has no numbered clauses that are still published: positions are 1-based bytes of the descriptor.
/// </remarks>
public sealed class HighSierraDescriptor
{
    private readonly byte[] _bytes;

    internal HighSierraDescriptor(byte[] bytes, long position)
    {
        _bytes = bytes;
        Position = position;
    }

    /// <summary>Address on the disc, in bytes.</summary>
    public long Position { get; }

    /// <summary>What it describes, as in ISO 9660: 1 a volume, 255 the end.</summary>
    public int Type => _bytes.At(bp: 9)[0];

    /// <summary>Name of the volume, as recorded.</summary>
    public ReadOnlySpan<byte> VolumeIdentifier => Bytes(first: 49, last: 80);

    /// <summary>Blocks of the volume.</summary>
    public uint VolumeSpaceSize => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(first: 89, last: 92));

    /// <summary>Bytes of a block.</summary>
    public int LogicalBlockSize => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(first: 137, last: 138));

    /// <summary>The record of the root directory.</summary>
    public ReadOnlySpan<byte> RootRecord => Bytes(first: 181, last: 214);

    /// <summary>Whether the bytes begin with the mark of the draft.</summary>
    public static bool IsMarked(ReadOnlySpan<byte> sector) => sector.At(bp: 10, length: 5).SequenceEqual("CDROM"u8);

    /// <summary>The bytes from one position to another, both 1-based and inclusive.</summary>
    public ReadOnlySpan<byte> Bytes(int first, int last) => _bytes.At(bp: first, length: last - first + 1);

    internal void Verify(Findings findings)
    {
        BothOrders.Check32(Bytes(first: 89, last: 96), Position + 88, findings);
        BothOrders.Check16(Bytes(first: 137, last: 140), Position + 136, findings);
        if (LogicalBlockSize is not (512 or 1024 or 2048))
        {
            findings.Add(Iso9660Rules.BlockSizeAllowed, Position + 136, $"a block size of {LogicalBlockSize}");
        }
    }
}
