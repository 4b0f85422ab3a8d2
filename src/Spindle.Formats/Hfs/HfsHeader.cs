// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>The header of an HFS volume (master directory block) or of an HFS+ volume (volume header), 1024 bytes into it.</summary>
/// <remarks>Inside Macintosh: Files (1992), 'Master Directory Blocks'; TN1150, 'Volume Header'. Offsets from 0, big-endian.</remarks>
public sealed record HfsHeader
{
    /// <summary>Bytes that are kept.</summary>
    public const int Length = 512;

    /// <summary>Bytes from the start of the volume to its header.</summary>
    public const int Offset = 1024;

    private readonly byte[] _bytes;

    private HfsHeader(byte[] bytes, long volumePosition)
    {
        _bytes = bytes;
        VolumePosition = volumePosition;
    }

    /// <summary>Address on the disc of the first byte of the volume.</summary>
    public long VolumePosition { get; }

    /// <summary>Whether this is the copy near the end of the volume: the header itself is lost.</summary>
    public bool IsCopy { get; private init; }

    /// <summary>Address on the disc of the header.</summary>
    public long Position => VolumePosition + Offset;

    /// <summary>Whether this is HFS+ (<c>H+</c>) or HFSX (<c>HX</c>).</summary>
    public bool IsPlus => Signature is [(byte)'H', (byte)'+' or (byte)'X'];

    /// <summary>Whether this is the Macintosh File System of 1984, of which only the size is known here.</summary>
    public bool IsMfs => Signature is [0xD2, 0xD7];

    /// <summary>Two letters: <c>BD</c>, <c>H+</c>, <c>HX</c>.</summary>
    public ReadOnlySpan<byte> Signature => _bytes.At(offset: 0, length: 2);

    /// <summary>Blocks of the volume (drNmAlBlks; totalBlocks).</summary>
    public uint BlockCount => IsPlus ? Number32(offset: 44) : (uint)Number16(offset: 18);

    /// <summary>Bytes of a block (drAlBlkSiz; blockSize).</summary>
    public uint BlockSize => IsPlus ? Number32(offset: 40) : Number32(offset: 20);

    /// <summary>Address on the disc of block 0: in HFS behind its bitmap (drAlBlSt, in units of 512 bytes).</summary>
    public long FirstBlockPosition => IsPlus ? VolumePosition : VolumePosition + (Number16(offset: 28) * 512L);

    /// <summary>
    /// Address of the first byte behind the volume. In HFS two units of 512 bytes lie behind the last block, the first of them the
    /// alternate header; in HFS+ they lie within the blocks.
    /// </summary>
    public long End => Saturate(FirstBlockPosition, BlockCount, BlockSize) + (IsPlus ? 0 : 1024);

    /// <summary>Name of an HFS volume (drVN); empty in HFS+, which keeps it in the catalogue.</summary>
    public string VolumeName => IsPlus ? "" : MacRoman.Text(_bytes.At(offset: 37, length: Math.Min(_bytes.At(offset: 36)[0], (byte)27)));

    /// <summary>Address on the disc of the HFS+ volume that this HFS volume wraps; null where it wraps none (drEmbedSigWord).</summary>
    public long? WrappedPosition => !IsPlus && _bytes.At(offset: 124, length: 2).SequenceEqual("H+"u8)
        ? FirstBlockPosition + ((long)Number16(offset: 126) * Math.Min(BlockSize, 1u << 30))
        : null;

    /// <summary>The bytes as recorded.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads the header of the volume that begins at an address; null where there is none.</summary>
    internal static HfsHeader? Read(Medium medium, long volumePosition) => ReadAt(medium, volumePosition, volumePosition + Offset);

    /// <summary>Reads the copy of the header of the volume that begins at an address, where it lies at the end of its place.</summary>
    /// <returns>Null where there is none, or where it describes a volume of another size.</returns>
    internal static HfsHeader? ReadAlternate(Medium medium, long volumePosition, long end)
    {
        // Only where the header is lost: another file system may have taken the place of this one, and left its copy.
        Span<byte> lost = stackalloc byte[Length];
        if (medium.TryRead(volumePosition + Offset, lost) && lost.IndexOfAnyExcept((byte)0) >= 0)
        {
            return null;
        }

        const int most = 2048; // what follows the volume up to the next sector
        for (long position = end - Offset; position > volumePosition + Offset && position >= end - Offset - most; position -= Length)
        {
            if (ReadAt(medium, volumePosition, position) is { IsMfs: false } header && header.End - Offset == position)
            {
                return header with { IsCopy = true };
            }
        }

        return null;
    }

    private static HfsHeader? ReadAt(Medium medium, long volumePosition, long position)
    {
        byte[] bytes = new byte[Length];
        if (!medium.TryRead(position, bytes))
        {
            return null;
        }

        HfsHeader header = new(bytes, volumePosition);
        bool isKnown = header.IsPlus || header.IsMfs || header.Signature.SequenceEqual("BD"u8);
        return isKnown && header.BlockSize >= 512 && header.BlockSize % 512 == 0 && header.BlockCount > 0 ? header : null;
    }

    /// <summary>Compares signature and size with the copy near the end of the volume.</summary>
    internal void VerifyAlternate(Medium medium, Findings findings)
    {
        byte[] bytes = new byte[Length];
        long position = End - Offset;
        if (IsMfs || !medium.Holds(position, Length))
        {
            return; // that the volume was cut is told by its size
        }

        bool agrees = medium.TryRead(position, bytes) && new HfsHeader(bytes, VolumePosition) is var copy
            && copy.Signature.SequenceEqual(Signature) && copy.BlockCount == BlockCount && copy.BlockSize == BlockSize;
        if (!agrees)
        {
            findings.Add(HfsRules.AlternateAgrees, position, "no copy of the header of the volume");
        }
    }

    internal uint Number32(int offset) => BinaryPrimitives.ReadUInt32BigEndian(_bytes.At(offset: offset));

    internal int Number16(int offset) => BinaryPrimitives.ReadUInt16BigEndian(_bytes.At(offset: offset));

    /// <summary>An extent of blocks, on the disc.</summary>
    internal Extent Blocks(uint start, uint count)
    {
        long position = Saturate(FirstBlockPosition, start, BlockSize);
        return new(position, Saturate(0, count, BlockSize));
    }

    private static long Saturate(long start, uint count, uint size)
    {
        ulong bytes = (ulong)count * size;
        return bytes > (ulong)(long.MaxValue / 4) ? long.MaxValue / 4 : start + (long)bytes;
    }
}
