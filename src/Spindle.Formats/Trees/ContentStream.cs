// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>The content of a file, from its extents. What can't be read is zeros, and is listed in <see cref="Unreadable"/>.</summary>
/// <remarks>Not thread-safe, and neither are two streams of one medium.</remarks>
public class ContentStream : Stream
{
    /// <summary>Ranges that are listed at most; what comes after makes the last one longer.</summary>
    public const int MaximumRanges = 10_000;

    private readonly Medium? _medium;
    private readonly IReadOnlyList<Extent> _extents;
    private readonly long[] _starts;
    private readonly List<Extent> _unreadable = [];
    private long _position;

    internal ContentStream(Medium medium, IReadOnlyList<Extent> extents, long length)
    {
        _medium = medium;
        _extents = extents;
        Length = Math.Max(0, length);
        _starts = new long[extents.Count];
        long start = 0;
        for (int index = 0; index < extents.Count; index++)
        {
            _starts[index] = start;
            start = Sum(start, extents[index].Length);
        }
    }

    /// <summary>For content that is made of other content.</summary>
    private protected ContentStream(long length)
    {
        _extents = [];
        _starts = [];
        Length = length;
    }

    /// <summary>Bytes of the file that were asked for and could not be read: positions in the file, not on the disc.</summary>
    public IReadOnlyList<Extent> Unreadable => _unreadable;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Clamp(Length - _position, 0, buffer.Length);
        if (wanted == 0)
        {
            return 0;
        }

        buffer = buffer[..wanted];
        int index = IndexAt(_position);
        long inside = index < 0 ? 0 : _position - _starts[index];
        int got = index < 0 || inside >= _extents[index].Length
            ? Zeros(buffer, isLost: true)
            : ReadExtent(_extents[index], inside, buffer);
        _position += got;
        return got;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("the content of a disc is read, not written");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("the content of a disc is read, not written");

    /// <summary>Moves over zeros that are read nowhere: holes, what has no known place, and what would lie behind the end of the medium.</summary>
    /// <remarks>A disc of a megabyte may say of a file that it has a million terabytes. All of it but the holes counts as unreadable.</remarks>
    /// <returns>How many there were from <see cref="Position"/> on; 0 where something is to be read.</returns>
    public long SkipZeros()
    {
        if (_medium is null || _position >= Length)
        {
            return 0;
        }

        Extent rest = RestOfExtent(_position);
        bool isLost = rest.Length == 0 || rest.Kind != ExtentKind.Hole;
        if (rest.Length > 0 && rest.Kind == ExtentKind.Recorded && rest.Position < _medium.End && rest.Position >= _medium.Start)
        {
            return 0;
        }

        long zeros = Math.Min(rest.Length == 0 ? long.MaxValue : rest.Length, Length - _position);
        if (isLost)
        {
            NoteUnreadable(_position, zeros);
        }

        _position += zeros;
        return zeros;
    }

    /// <summary>What is left of the extent that a byte of the content lies in, from that byte on; of no length where there is none.</summary>
    internal Extent RestOfExtent(long offset)
    {
        int index = IndexAt(offset);
        long inside = index < 0 ? 0 : offset - _starts[index];
        return index < 0 || inside >= _extents[index].Length ? default
            : _extents[index] with { Position = Sum(_extents[index].Position, inside), Length = _extents[index].Length - inside };
    }

    /// <summary>Address on the disc of a byte of the content; 0 where it is not recorded anywhere.</summary>
    internal long PositionOnDisc(long offset) => RestOfExtent(offset) is { Kind: ExtentKind.Recorded } rest ? rest.Position : 0;

    // The extent that an offset lies in, or behind; extents of no length are passed over. -1 where there are none.
    private int IndexAt(long offset)
    {
        int index = Array.BinarySearch(_starts, offset);
        index = index >= 0 ? index : ~index - 1;
        while (index + 1 < _starts.Length && _starts[index + 1] == offset)
        {
            index++;
        }

        return index;
    }

    private int ReadExtent(Extent extent, long inside, Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, extent.Length - inside)];
        if (extent.Kind != ExtentKind.Recorded)
        {
            return Zeros(buffer, isLost: extent.Kind == ExtentKind.Unknown);
        }

        long position = Sum(extent.Position, inside);
        int got = _medium!.ReadContent(position, buffer); // an extent was given together with its medium
        if (got > 0)
        {
            return got;
        }

        // One sector is lost, or all that lies behind the end of the medium.
        long lost = _medium.Holds(position, 1) ? _medium.SectorSize - ((position - _medium.Start) % _medium.SectorSize) : buffer.Length;
        return Zeros(buffer[..(int)Math.Min(lost, buffer.Length)], isLost: true);
    }

    private static long Sum(long position, long length) => position > long.MaxValue - length ? long.MaxValue : position + length;

    private int Zeros(Span<byte> buffer, bool isLost)
    {
        buffer.Clear();
        if (isLost)
        {
            NoteUnreadable(_position, buffer.Length);
        }

        return buffer.Length;
    }

    private protected void NoteUnreadable(long position, long length)
    {
        if (_unreadable.Count > 0 && (_unreadable[^1].End == position || _unreadable.Count == MaximumRanges))
        {
            _unreadable[^1] = _unreadable[^1] with { Length = Math.Max(_unreadable[^1].Length, position + length - _unreadable[^1].Position) };
        }
        else
        {
            _unreadable.Add(new(position, length));
        }
    }
}
