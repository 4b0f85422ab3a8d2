// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>A medium in a drive, or anything else that reads sectors, as <see cref="IImageStorage"/> that can't be written.</summary>
/// <remarks>
/// One read at a time, whatever the number of threads. Each bad sector is found by itself: a drive, or the system above it, fails a
/// longer read as a whole. Then sectors are read one by one up to the bad one, and the one behind it, which mostly is bad as well.
/// </remarks>
/// <param name="reader">The medium; disposed of with this.</param>
/// <param name="sectorsPerUnit">
/// What the drive decodes as a whole, and fails as a whole: a unit whose first sector can't be read is not tried further. 1 on CD, 16 on
/// DVD, 32 on Blu-ray Disc.
/// </param>
public sealed class SectorReaderStorage(ISectorReader reader, int sectorsPerUnit = 1) : IImageStorage
{
    /// <summary>As far as a failed read can have come: drives are read in parts of 64 KiB.</summary>
    private const int MostAround = 32;

    private readonly Lock _lock = new();
    private byte[] _sectors = [];
    private SectorRange _single;
    private SectorRange _dead;

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

            int count = ReadUpToFailure(range, _sectors.AsSpan(0, length));
            int got = Math.Clamp((count * reader.SectorSize) - skipped, 0, wanted);
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

    private int ReadUpToFailure(SectorRange range, Span<byte> buffer)
    {
        int done = 0;
        while (done < range.Count)
        {
            long sector = range.Start + done;
            if (_dead.Contains(sector))
            {
                return done;
            }

            SectorRange part = _single.Contains(sector) ? new(sector, 1) : SectorRange.Between(sector, range.End);
            SectorRead read = reader.Read(part, buffer[(done * reader.SectorSize)..]);
            done += read.Count;
            if (read.Fault == SectorFault.None)
            {
                continue;
            }

            sector += read.Count;
            if (part.Count > 1)
            {
                _single = new(sector, MostAround);
                continue;
            }

            _dead = sector % sectorsPerUnit == 0 ? new(sector, sectorsPerUnit) : new(sector, 1);
            _single = new(_dead.End, 1);
            return done;
        }

        return done;
    }

    private OperationFailedException NotWritable() => Failures.ReadOnly(Name);
}
