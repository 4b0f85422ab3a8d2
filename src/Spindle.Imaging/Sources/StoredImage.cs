// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Reads an image file as sectors from its storage, where a system can't be made to forget what it remembers of one.</summary>
/// <param name="name">What it is called in messages.</param>
/// <param name="file">The file; this disposes it.</param>
/// <param name="sectorSize">Bytes a sector.</param>
internal sealed class StoredImage(string name, UncachedFile file, int sectorSize) : ISectorReader
{
    private AlignedBuffer _buffer = new(1 << 20);

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int SectorSize => sectorSize;

    /// <inheritdoc/>
    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    /// <inheritdoc/>
    public long Length => file.Length;

    /// <inheritdoc/>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        buffer = buffer[..checked((int)(range.Count * SectorSize))];
        long position = range.Start * SectorSize;
        int wanted = (int)Math.Min(buffer.Length, Length - position);
        long start = position - (position % AlignedBuffer.Alignment);
        int skipped = (int)(position - start);
        int length = (skipped + wanted + AlignedBuffer.Alignment - 1) / AlignedBuffer.Alignment * AlignedBuffer.Alignment;
        if (length > _buffer.Length)
        {
            _buffer = new(length);
        }

        int done;
        SectorFault fault;
        try
        {
            done = Math.Clamp(file.Read(start, _buffer.Span[..length]) - skipped, 0, wanted);
            fault = done < wanted ? SectorFault.EndedEarly : SectorFault.None;
        }
        catch (IOException)
        {
            // Which of them it was is found by those who ask for less.
            (done, fault) = (0, SectorFault.Unreadable);
        }

        _buffer.Span.Slice(skipped, done).CopyTo(buffer);
        buffer[done..].Clear();
        return fault == SectorFault.None ? new((int)range.Count, fault) : new(done / SectorSize, fault);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
