// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;
using Spindle.Formats.Trees;

namespace Spindle.Formats.RockRidge;

/// <summary>A file that was stored compressed block by block, expanded as it is read (zisofs, RRIP ZF).</summary>
/// <remarks>
/// Header of 16 bytes: mark of 8, size when expanded, header length / 4, binary logarithm of the block size; then a table of
/// where each block begins and the last one ends; a block of no length is zeros. What can't be expanded reads as zeros and is
/// listed as unreadable, by its place in the expanded file. No standard has it; offsets are those of mkzftree, from 0.
/// </remarks>
internal sealed class ZisofsStream : ContentStream
{
    private const int SmallestLog = 15;
    private const int LargestLog = 20;

    private readonly ContentStream _stored;
    private readonly int _blockSize;
    private readonly int _headerLength;
    private readonly byte[] _block;
    private long _current = -1;

    private ZisofsStream(ContentStream stored, long length, int headerLength, int blockLog)
        : base(length)
    {
        _stored = stored;
        _headerLength = headerLength;
        _blockSize = 1 << blockLog;
        _block = new byte[_blockSize];
    }

    private static ReadOnlySpan<byte> Mark => [0x37, 0xE4, 0x53, 0x96, 0xC9, 0xDB, 0xD6, 0x07];

    /// <summary>Opens what is stored for reading as it was before; null where it does not begin as such a file does.</summary>
    public static ZisofsStream? Open(ContentStream stored)
    {
        Span<byte> header = stackalloc byte[16];
        if (stored.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.At(offset: 0, length: 8).SequenceEqual(Mark)
            || header.At(offset: 13)[0] is < SmallestLog or > LargestLog || header.At(offset: 12)[0] < 4)
        {
            stored.Position = 0;
            return null;
        }

        return new(stored, BinaryPrimitives.ReadUInt32LittleEndian(header.At(offset: 8)), header.At(offset: 12)[0] * 4, header.At(offset: 13)[0]);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Clamp(Length - Position, 0, buffer.Length);
        if (wanted == 0)
        {
            return 0;
        }

        long index = Position / _blockSize;
        int inside = (int)(Position % _blockSize);
        wanted = Math.Min(wanted, _blockSize - inside);
        if (_current != index)
        {
            _current = index;
            int length = (int)Math.Min(_blockSize, Length - (index * _blockSize));
            _block.AsSpan().Clear();
            if (!TryExpand(index, _block.AsSpan(0, length)))
            {
                _block.AsSpan().Clear();
                NoteUnreadable(index * _blockSize, length);
            }
        }

        _block.AsSpan(inside, wanted).CopyTo(buffer);
        Position += wanted;
        return wanted;
    }

    private bool TryExpand(long index, Span<byte> block)
    {
        Span<byte> pointers = stackalloc byte[8];
        if (!TryReadStored(_headerLength + (index * 4), pointers))
        {
            return false;
        }

        uint start = BinaryPrimitives.ReadUInt32LittleEndian(pointers.At(offset: 0));
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(pointers.At(offset: 4));
        if (start == end)
        {
            return true;
        }

        if (start > end || end - start > 2 * _blockSize)
        {
            return false;
        }

        byte[] compressed = new byte[end - start];
        if (!TryReadStored(start, compressed))
        {
            return false;
        }

        try
        {
            using ZLibStream expanding = new(new MemoryStream(compressed), CompressionMode.Decompress);
            return expanding.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) == block.Length;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false; // the latter where it asks for a dictionary that nobody has
        }
    }

    private bool TryReadStored(long position, Span<byte> bytes)
    {
        int before = _stored.Unreadable.Count;
        _stored.Position = position;
        return _stored.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && _stored.Unreadable.Count == before;
    }
}
