// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;
using Spindle.Media;

namespace Spindle.Formats;

/// <summary>The bytes of a medium by their address on the disc, with what was read last kept at hand.</summary>
/// <remarks>
/// File systems hop between a few places; reading 64 KiB around each of them costs a drive no more than one sector. What can't
/// be read is remembered, so that a bad sector is tried once as long as it is kept. An image of one session begins in the
/// middle of its disc: addresses are the disc's, <see cref="Start"/> is where the image begins. At most 4 MiB. Not thread-safe.
/// </remarks>
internal sealed class Medium
{
    private const int ChunkLength = 64 * 1024;
    private const int SlotCount = 64;

    private readonly ISectorReader _reader;
    private readonly int _sectorsPerChunk;
    private readonly Chunk?[] _slots = new Chunk?[SlotCount];
    private readonly ReadingAllowance _allowance = new();

    public Medium(ISectorReader reader, long start = 0)
    {
        _reader = reader;
        _sectorsPerChunk = Math.Max(1, ChunkLength / reader.SectorSize);
        Start = start;
    }

    /// <summary>Address on the disc, in bytes, of the first byte of the medium.</summary>
    public long Start { get; }

    /// <summary>Address on the disc of the first byte after the medium.</summary>
    public long End => Start + _reader.Length;

    /// <summary>Bytes of the medium.</summary>
    public long Length => _reader.Length;

    /// <summary>Makes text of the names on it.</summary>
    public NameText Names { get; init; } = new(charset: null);

    /// <summary>Bytes of one sector of the medium.</summary>
    public int SectorSize => _reader.SectorSize;

    /// <summary>Whether the medium has all of these bytes.</summary>
    public bool Holds(long position, long length) =>
        position >= Start && length >= 0 && position <= End && length <= End - position;

    /// <summary>Whether structures were read again and again, so often that the one who reads them is led round in circles.</summary>
    public bool IsSpent => _allowance.IsSpent;

    /// <summary>Begins a new reading of structures, with all that one may need.</summary>
    public void Refresh() => _allowance.Refresh();

    /// <summary>Reads bytes of a structure, all of them or none.</summary>
    /// <returns>
    /// False where the medium does not have them, or they can't be read, or <see cref="IsSpent"/>; the buffer is then undefined.
    /// </returns>
    public bool TryRead(long position, Span<byte> buffer) => TrySpend(buffer.Length) && TryReadBytes(position, buffer);

    /// <summary>Counts bytes of a structure that is read as content; false where <see cref="IsSpent"/>.</summary>
    public bool TrySpend(int bytes) => _allowance.TrySpend(bytes);

    private bool TryReadBytes(long position, Span<byte> buffer)
    {
        if (!Holds(position, buffer.Length))
        {
            return false;
        }

        long offset = position - Start;
        while (!buffer.IsEmpty)
        {
            long sector = offset / SectorSize;
            int part = ReadFromChunk(sector / _sectorsPerChunk, offset, buffer);
            if (part == 0)
            {
                return false;
            }

            offset += part;
            buffer = buffer[part..];
        }

        return true;
    }

    /// <summary>Reads bytes of a file's content, straight from the medium where whole sectors are wanted.</summary>
    /// <returns>Bytes read from <paramref name="position"/> on, up to the end of the medium or the first sector that can't be read.</returns>
    public int ReadContent(long position, Span<byte> buffer)
    {
        if (position < Start || position >= End)
        {
            return 0;
        }

        long offset = position - Start;
        int wanted = (int)Math.Min(buffer.Length, _reader.Length - offset);
        if (wanted >= SectorSize && offset % SectorSize == 0)
        {
            int sectors = wanted / SectorSize;
            SectorRead read = _reader.Read(new(offset / SectorSize, sectors), buffer[..(sectors * SectorSize)]);
            return read.Count * SectorSize;
        }

        int part = (int)Math.Min(wanted, SectorSize - (offset % SectorSize));
        return TryReadBytes(position, buffer[..part]) ? part : 0;
    }

    private int ReadFromChunk(long index, long offset, Span<byte> buffer)
    {
        Chunk chunk = ChunkAt(index);
        long chunkStart = index * _sectorsPerChunk * SectorSize;
        int from = (int)(offset - chunkStart);
        int length = Math.Min(buffer.Length, (chunk.SectorCount * SectorSize) - from);
        int first = from / SectorSize;
        int last = (from + length - 1) / SectorSize;
        for (int sector = first; sector <= last; sector++)
        {
            if (chunk.States[sector] == SectorKnown.No)
            {
                Fill(chunk, sector, last + 1);
            }

            if (chunk.States[sector] == SectorKnown.Bad)
            {
                return 0;
            }
        }

        chunk.Bytes.AsSpan(from, length).CopyTo(buffer);
        return length;
    }

    private Chunk ChunkAt(long index)
    {
        ref Chunk? slot = ref _slots[(int)(index % SlotCount)];
        if (slot is null || slot.Index != index)
        {
            slot ??= new(_sectorsPerChunk, SectorSize);
            slot.Index = index;
            slot.SectorCount = (int)Math.Min(_sectorsPerChunk, _reader.SectorCount - (index * _sectorsPerChunk));
            Array.Clear(slot.States);
            Fill(slot, 0, slot.SectorCount);
            _allowance.Seen(index, slot.Bytes);
        }

        return slot;
    }

    private void Fill(Chunk chunk, int first, int end)
    {
        SectorRange range = new((chunk.Index * _sectorsPerChunk) + first, end - first);
        int count = _reader.Read(range, chunk.Bytes.AsSpan(first * SectorSize, (end - first) * SectorSize)).Count;
        chunk.States.AsSpan(first, count).Fill(SectorKnown.Good);
        if (count < end - first)
        {
            chunk.States[first + count] = SectorKnown.Bad;
        }
    }

    private enum SectorKnown : byte
    {
        No,
        Good,
        Bad,
    }

    private sealed class Chunk(int sectorCount, int sectorSize)
    {
        public byte[] Bytes { get; } = new byte[sectorCount * sectorSize];

        public SectorKnown[] States { get; } = new SectorKnown[sectorCount];

        public long Index { get; set; }

        public int SectorCount { get; set; }
    }
}
