// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVideo;

/// <summary>Reads a film from its disc as one MPEG program stream with one clock: cell by cell, without what is not of the film.</summary>
/// <remarks>
/// Video objects each count their time anew: the times of packs are shifted so that they follow one another.
/// </remarks>
public sealed class DvdFilmReader : IFilmReader
{
    private const int MostSectors = 32; // at once

    private readonly DvdFilm _film;
    private readonly (FilmFile File, long Start, long Sectors)[] _parts;
    private readonly FilmClock _clock = new();
    private readonly LostSectors _lost = new();
    private readonly SortedDictionary<int, long> _streams = [];
    private int _cell;
    private long _inCell; // sectors of the cell that were read
    private long _position; // sectors of the film that were read
    private bool _isAfterLoss;
    private bool _isOfOther; // a unit of another cell, within an interleaved one

    /// <summary>Opens a film.</summary>
    /// <param name="volume">The disc; it must stay open.</param>
    /// <param name="film">The film.</param>
    public DvdFilmReader(Volume volume, DvdFilm film)
    {
        _film = film;
        VideoFolder folder = VideoFolder.Of(volume);
        List<(FilmFile, long, long)> parts = [];
        long start = 0;
        foreach (VolumeEntry entry in film.IsRecording ? VideoFolder.Recordings(volume) : folder.FilmsOf(film.TitleSet))
        {
            long sectors = entry.Size / DvdCell.SectorSize;
            parts.Add((new(folder.Open(entry)), start, sectors));
            start += sectors;
        }

        _parts = [.. parts];
    }

    /// <inheritdoc/>
    public int LargestPiece => MostSectors * DvdCell.SectorSize;

    /// <inheritdoc/>
    public long Position => _position;

    /// <inheritdoc/>
    public TimeSpan Length => _clock.Length;

    /// <inheritdoc/>
    public bool IsScrambled { get; private set; }

    /// <summary>The streams that were met, as in <see cref="DvdSoundTrack.Stream"/>, each with the sector of the film where it begins.</summary>
    public IReadOnlyDictionary<int, long> Streams => _streams;

    /// <inheritdoc/>
    public IReadOnlyList<LostFilm> Lost => _lost.At(_clock.At);

    /// <summary>Takes each pack of subtitles, its times on the film's clock; null where nobody wants them.</summary>
    public SubtitleTaker? Subtitles { get; init; }

    /// <inheritdoc/>
    public void Seek(long sector)
    {
        (_cell, _inCell, _position) = (0, sector, sector);
        while (_cell < _film.Cells.Count && _inCell >= LengthOf(_film.Cells[_cell]))
        {
            _inCell -= LengthOf(_film.Cells[_cell++]);
        }
    }

    /// <inheritdoc/>
    public int? Read(Span<byte> buffer)
    {
        if (_cell == _film.Cells.Count)
        {
            return null;
        }

        DvdCell cell = _film.Cells[_cell];
        int wanted = (int)Math.Min(MostSectors, LengthOf(cell) - _inCell);
        int got = ReadSectors(cell.FirstSector + _inCell, buffer[..(wanted * DvdCell.SectorSize)]);
        int kept = 0;
        for (int sector = 0; sector < got; sector++)
        {
            Span<byte> bytes = buffer.Slice(sector * DvdCell.SectorSize, DvdCell.SectorSize);
            if (Take(bytes, cell, _position + sector))
            {
                bytes.CopyTo(buffer[(kept * DvdCell.SectorSize)..]);
                kept++;
            }
        }

        if (got == 0)
        {
            got = 1;
            NoteLost(_position);
        }

        (_position, _inCell) = (_position + got, _inCell + got);
        if (_inCell == LengthOf(cell))
        {
            (_cell, _inCell, _isOfOther) = (_cell + 1, 0, false);
        }

        return kept * DvdCell.SectorSize;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((FilmFile file, _, _) in _parts)
        {
            file.Dispose();
        }
    }

    /// <summary>Looks at a pack, and puts its times onto the film's clock.</summary>
    /// <returns>Whether it is of the film.</returns>
    private bool Take(Span<byte> bytes, DvdCell cell, long sector)
    {
        if (!DvdPack.TryRead(bytes, out DvdPack pack))
        {
            return false; // no decoder has a use for it
        }

        if (_film.IsRecording)
        {
            _clock.Follow(pack.Clock, pack.Begin(), sector, _isAfterLoss);
            _isAfterLoss = false;
        }
        else if (pack.Navigation() is { } unit)
        {
            _isOfOther = cell.IsInterleaved && ((cell.Vob is { } vob && vob != unit.Vob) || (cell.NumberInVob is { } number && number != unit.NumberInVob));
            if (!_isOfOther)
            {
                _clock.Begin(unit, sector, _isAfterLoss);
                _isAfterLoss = false;
            }
        }

        if (_isOfOther)
        {
            return false;
        }

        IsScrambled |= pack.IsScrambled();
        Span<int> streams = stackalloc int[16];
        foreach (int stream in streams[..pack.Streams(streams)])
        {
            _streams.TryAdd(stream, sector);
        }

        pack.Shift(_clock.Shift);
        if (Subtitles is not null && pack.Subtitle() is { } subtitle)
        {
            Subtitles(subtitle.Stream, subtitle.Begin is { } begin ? _clock.Since(begin) : null, bytes);
        }

        return true;
    }

    /// <summary>Reads sectors up to the first that can't be read.</summary>
    private int ReadSectors(long first, Span<byte> buffer)
    {
        (FilmFile File, long Start, long Sectors) part = Array.Find(_parts, part => first >= part.Start && first < part.Start + part.Sectors);
        return part.File is null ? 0 : part.File.Read(first - part.Start, buffer[..(int)Math.Min(buffer.Length, (part.Start + part.Sectors - first) * DvdCell.SectorSize)]);
    }

    private void NoteLost(long sector)
    {
        _isAfterLoss = true;
        if (_film.Cells[_cell].IsInterleaved)
        {
            _isOfOther = true; // whose packs come next only the next navigation pack tells
        }

        _lost.Add(sector);
    }

    private static long LengthOf(DvdCell cell) => cell.LastSector - cell.FirstSector + 1;
}

/// <summary>Takes a pack of subtitles.</summary>
/// <param name="stream">Which subtitles: <c>20</c> to <c>3F</c>.</param>
/// <param name="begin">When they are shown, from the beginning of the film; null where the pack goes on with what one before it began.</param>
/// <param name="pack">The pack, which is the caller's again afterwards.</param>
public delegate void SubtitleTaker(int stream, TimeSpan? begin, ReadOnlySpan<byte> pack);
