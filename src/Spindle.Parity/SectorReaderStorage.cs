// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>A medium in a drive, or anything else that reads sectors, as <see cref="IImageStorage"/> that can't be written.</summary>
/// <remarks>
/// One read at a time, whatever the number of threads. A check reads every layer in turn, which a drive answers by moving its
/// head 255 times for each run of blocks: an image of the disc, with its rescue map, is checked in a fraction of the time.
/// </remarks>
/// <param name="reader">The medium; disposed of with this.</param>
public sealed class SectorReaderStorage(ISectorReader reader) : IImageStorage
{
    private readonly Lock _lock = new();
    private byte[] _sectors = [];

    /// <inheritdoc/>
    public string Name => reader.Name;

    /// <inheritdoc/>
    public long Length => reader.Length;

    /// <inheritdoc/>
    /// <exception cref="OperationFailedException">The medium or its drive is gone.</exception>
    public int Read(long position, Span<byte> buffer)
    {
        int wanted = (int)Math.Clamp(reader.Length - position, 0, buffer.Length);
        if (wanted == 0)
        {
            return 0;
        }

        long first = position / reader.SectorSize;
        SectorRange range = SectorRange.Between(first, (position + wanted + reader.SectorSize - 1) / reader.SectorSize);
        int skipped = (int)(position - (first * reader.SectorSize));
        lock (_lock)
        {
            int length = checked((int)(range.Count * reader.SectorSize));
            if (_sectors.Length < length)
            {
                _sectors = new byte[length];
            }

            SectorRead read = reader.Read(range, _sectors.AsSpan(0, length));
            int got = Math.Clamp((read.Count * reader.SectorSize) - skipped, 0, wanted);
            _sectors.AsSpan(skipped, got).CopyTo(buffer);
            return got;
        }
    }

    /// <summary>Never succeeds: a medium is not changed.</summary>
    public void Write(long position, ReadOnlySpan<byte> bytes) => throw NotWritable();

    /// <summary>Never succeeds: a medium is not changed.</summary>
    public void SetLength(long length) => throw NotWritable();

    /// <summary>Does nothing: there is nothing to flush.</summary>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private OperationFailedException NotWritable() => new(new("target-denied", $"{Name} can only be read", "copy it to an image first, and mend that"));
}
