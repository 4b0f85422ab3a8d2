// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Bluray;

/// <summary>Reads a playlist from its disc as one transport stream with one clock: piece by piece, in packets of 188 bytes.</summary>
/// <remarks>
/// Clips each count their time anew: the times of packets are shifted so that they follow one another, and packets are numbered on. What is before or behind a piece
/// in its clip is left out, but for two or three pictures behind its end that others may be made of: where the next piece follows in the middle of a clip, as many of
/// its first ones have the same time.
/// </remarks>
public sealed class BlurayFilmReader : IFilmReader
{
    private const int UnitSectors = 3, UnitPackets = 32; // what is encrypted at a time
    private const int MostSectors = 32 * UnitSectors; // at once
    private const int FirstStream = 0x1011; // below are tables and the clock
    private const int FirstMenu = 0x1400, LastMenu = 0x141F; // pictures of buttons
    private const int Pids = 0x2000;
    private const long Frame = MpegTime.TicksPerSecond / 25;
    private const long LongestGap = MpegTime.TicksPerSecond; // between what a playlist says of an end and what is there
    private const long MarkEvery = MpegTime.TicksPerSecond / 4;
    private const long Rounding = 2; // playlists count half as fine

    private readonly BlurayFilm _film;
    private readonly Volume _volume;
    private readonly byte[] _raw = new byte[TransportPacket.SourceLength + (MostSectors * FilmFile.SectorSize)];
    private readonly StreamState[] _states = new StreamState[Pids];
    private readonly SortedDictionary<int, long> _streams = [];
    private readonly LostSectors _lost = new();
    private readonly FilmMarks _marks = new();
    private FilmFile? _file;
    private int _piece;
    private long _inPiece; // sectors of the piece that were read
    private long _position; // sectors of the film that were read
    private int _carried; // bytes of a packet whose end is not read yet
    private long? _origin; // of the film's clock
    private long _shift; // of the piece
    private long _end; // of what was played so far, on the film's clock
    private long _last; // of the pictures of the piece, on its own clock
    private bool _isPast; // the piece has ended before its sectors have
    private bool _isAfterLoss;
    private bool _isProtected; // as the first packet of a unit says
    private int _unsynced; // packets of the unit that are none

    /// <summary>Opens a film.</summary>
    /// <param name="volume">The disc; it must stay open.</param>
    /// <param name="film">The film.</param>
    public BlurayFilmReader(Volume volume, BlurayFilm film)
    {
        (_volume, _film) = (volume, film);
        BeginPiece();
    }

    /// <inheritdoc/>
    public int LargestPiece => (MostSectors * FilmFile.SectorSize / TransportPacket.SourceLength * TransportPacket.Length) + TransportPacket.Length;

    /// <inheritdoc/>
    public long Position => _position;

    /// <inheritdoc/>
    public TimeSpan Length => MpegTime.Span(Math.Max(0, Math.Max(_end, _last + _shift) - (_origin ?? 0)));

    /// <inheritdoc/>
    public bool IsScrambled { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<int, long> Streams => _streams;

    /// <inheritdoc/>
    public IReadOnlyList<LostFilm> Lost => _lost.At(_marks.At);

    /// <inheritdoc/>
    public void Seek(long sector)
    {
        (_piece, _inPiece, _position) = (0, sector, sector);
        while (_piece < _film.Pieces.Count && _inPiece >= _film.Pieces[_piece].Sectors)
        {
            _inPiece -= _film.Pieces[_piece++].Sectors;
        }

        BeginPiece();
    }

    /// <inheritdoc/>
    public int? Read(Span<byte> buffer)
    {
        if (_piece == _film.Pieces.Count)
        {
            return null;
        }

        BlurayPiece piece = _film.Pieces[_piece];
        _file ??= new(_volume.OpenContent(piece.Clip));
        int wanted = (int)Math.Min(MostSectors, piece.Sectors - _inPiece);
        long first = piece.FirstSector + _inPiece;
        int got = _file.Read(first, _raw.AsSpan(_carried, wanted * FilmFile.SectorSize));
        int filled = got > 0 ? Take(piece, first, got, buffer) : 0;
        if (got == 0)
        {
            got = 1;
            (_carried, _isAfterLoss, _isProtected, _unsynced) = (0, true, false, 0);
            _lost.Add(_position);
        }

        (_position, _inPiece) = (_position + got, _inPiece + got);
        if (_isPast || _inPiece == piece.Sectors)
        {
            _position += piece.Sectors - _inPiece;
            EndPiece(piece);
        }

        return filled;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Takes the packets that end in what was read.</summary>
    private int Take(BlurayPiece piece, long firstSector, int sectors, Span<byte> buffer)
    {
        // Packets are counted from the beginning of the clip: behind a sector that was lost, the next whole one is looked for.
        long begin = (firstSector * FilmFile.SectorSize) - _carried;
        int at = (int)((TransportPacket.SourceLength - (begin % TransportPacket.SourceLength)) % TransportPacket.SourceLength);
        int end = _carried + (sectors * FilmFile.SectorSize);
        int filled = 0;
        for (; at + TransportPacket.SourceLength <= end && !_isPast; at += TransportPacket.SourceLength)
        {
            Span<byte> source = _raw.AsSpan(at, TransportPacket.SourceLength);
            if (IsKept(piece, source, (begin + at) / TransportPacket.SourceLength, _position + (Math.Max(0, at - _carried) / FilmFile.SectorSize)))
            {
                source[^TransportPacket.Length..].CopyTo(buffer[filled..]);
                filled += TransportPacket.Length;
            }
        }

        _carried = Math.Max(0, end - at);
        _raw.AsSpan(at, _carried).CopyTo(_raw);
        return filled;
    }

    /// <summary>Looks at a packet, and puts its times onto the film's clock.</summary>
    /// <returns>Whether it is of the film.</returns>
    private bool IsKept(BlurayPiece piece, Span<byte> source, long number, long sector)
    {
        if (number % UnitPackets == 0)
        {
            (_isProtected, _unsynced) = (source[0] >> 6 != 0, 0);
        }

        if (!TransportPacket.TryRead(source[^TransportPacket.Length..], out TransportPacket packet))
        {
            // Of a unit that is encrypted, all but the first 16 bytes are.
            IsScrambled |= _isProtected && ++_unsynced > UnitPackets / 2;
            return false;
        }

        IsScrambled |= packet.IsScrambled;
        if (packet.Pid is TransportPacket.Filling or (>= FirstMenu and <= LastMenu))
        {
            return false;
        }

        ref StreamState state = ref _states[packet.Pid];
        long begin = 2L * piece.Begin, end = 2L * piece.Item.Until;
        if (packet.Clock is { } clock && MpegTime.Between(begin, clock) >= end - begin)
        {
            _isPast = true; // all that is played before has come
            return false;
        }

        if (packet.IsBegin)
        {
            _streams.TryAdd(packet.Pid, sector);
            if (packet.Times is { } times)
            {
                bool isPassing = MpegTime.Between(begin, times.Played) >= -Rounding && MpegTime.Between(begin, times.Decoded) < end - begin;
                state.IsJoined &= isPassing;
                state.IsPassing = isPassing;
                if (isPassing && packet.IsPictures)
                {
                    Mark(begin + MpegTime.Between(begin, times.Played), sector);
                }
            }
        }

        if (packet.Pid >= FirstStream && !state.IsPassing)
        {
            return false;
        }

        Number(packet, ref state);
        packet.Shift(_shift);
        return true;
    }

    /// <summary>Packets of a stream are numbered on over pieces; where some were lost, the gap stays.</summary>
    private static void Number(TransportPacket packet, ref StreamState state)
    {
        if (!state.IsJoined)
        {
            state.Add = state.Last is { } last ? last + (packet.HasPayload ? 1 : 0) - packet.Counter : 0;
            state.IsJoined = true;
        }

        packet.Counter += state.Add;
        state.Last = packet.Counter;
    }

    private void Mark(long played, long sector)
    {
        (_last, _isAfterLoss) = (Math.Max(_last, played + Frame), false);
        long time = Math.Max(0, played + _shift - _origin!.Value);
        if (_marks.Last is not { } marked || time > marked + MarkEvery)
        {
            _marks.Add(sector, time);
        }
    }

    private void BeginPiece()
    {
        _file?.Dispose();
        (_file, _carried, _isPast, _isAfterLoss, _isProtected, _unsynced) = (null, 0, false, false, false, 0);
        foreach (ref StreamState state in _states.AsSpan())
        {
            (state.IsPassing, state.IsJoined) = (false, false);
        }

        if (_piece < _film.Pieces.Count)
        {
            long begin = 2L * _film.Pieces[_piece].Begin;
            if (_origin is null)
            {
                _origin = _end = begin;
            }

            (_shift, _last) = (_end - begin, begin);
        }
    }

    private void EndPiece(BlurayPiece piece)
    {
        // A playlist that says more than there is would leave a hole; what was lost did play.
        long told = 2L * piece.Item.Until;
        _end = _shift + (_last < told - LongestGap && !_isAfterLoss ? _last : told);
        (_piece, _inPiece) = (_piece + 1, 0);
        BeginPiece();
    }

    /// <summary>What is known of a stream.</summary>
    private struct StreamState
    {
        /// <summary>Whether what was last begun in it is of the film.</summary>
        public bool IsPassing;

        /// <summary>Whether it is known what is added to the numbers of its packets.</summary>
        public bool IsJoined;

        /// <summary>That.</summary>
        public int Add;

        /// <summary>The number of the last packet of it that was given; null before the first one.</summary>
        public int? Last;
    }
}
