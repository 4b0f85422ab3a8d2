// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Mastering;

/// <summary>Gathers sectors until there are enough to be handed on.</summary>
internal sealed class SegmentBuffer
{
    private const int SectorLength = RecordPacker.SectorLength;
    private const int Enough = 256 * 1024;

    private readonly byte[] _bytes = new byte[Enough + (64 * 1024)];
    private long _sector;
    private int _length;
    private int _taken;

    /// <summary>Whether enough is there to be taken.</summary>
    public bool IsFull => _length >= Enough;

    /// <summary>Whether there is anything.</summary>
    public bool IsEmpty => _length == _taken;

    /// <summary>Bytes from the start of the image up to the next one.</summary>
    public long Position => (_sector * SectorLength) + _length;

    /// <summary>Room for the next bytes, all zero.</summary>
    public Span<byte> Next(int length)
    {
        Settle();
        Span<byte> next = _bytes.AsSpan(_length, length);
        next.Clear();
        _length += length;
        return next;
    }

    /// <summary>Room for a record, which may not cross the end of a sector.</summary>
    public Span<byte> NextRecord(int length)
    {
        if (length > SectorLength - (_length % SectorLength))
        {
            EndSector();
        }

        return Next(length);
    }

    /// <summary>Fills the last sector up.</summary>
    public void EndSector() => Next((SectorLength - (_length % SectorLength)) % SectorLength);

    /// <summary>Adds zeros up to a sector, as far as there is room.</summary>
    /// <returns>False where there was not room for all of them: take what is there, and go on.</returns>
    public bool TryPadTo(long sector)
    {
        Settle();
        long missing = (sector * SectorLength) - Position;
        ArgumentOutOfRangeException.ThrowIfNegative(missing);
        _ = Next((int)Math.Min(missing, Math.Max(0, Enough - _length)));
        return Position == sector * SectorLength;
    }

    /// <summary>Hands the whole sectors on. They are valid until the next bytes are asked for.</summary>
    public ImageSegment Take()
    {
        Settle();
        _taken = _length / SectorLength * SectorLength;
        return new() { Sector = _sector, Length = _taken, Content = -1, Bytes = _bytes.AsMemory(0, _taken) };
    }

    /// <summary>Goes on behind contents.</summary>
    public void SkipTo(long sector)
    {
        Settle();
        if (_length != 0)
        {
            throw new InvalidOperationException($"{_length} bytes were not taken");
        }

        _sector = sector;
    }

    private void Settle()
    {
        if (_taken > 0)
        {
            _bytes.AsSpan(_taken, _length - _taken).CopyTo(_bytes);
            _length -= _taken;
            _sector += _taken / SectorLength;
            _taken = 0;
        }
    }
}
