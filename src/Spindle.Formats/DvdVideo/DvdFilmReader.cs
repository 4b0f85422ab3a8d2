// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVideo;

/// <summary>Reads a film from its disc as one MPEG program stream with one clock: cell by cell, without what is not of the film.</summary>
/// <remarks>
/// Video objects each count their time anew: the times of packs are shifted so that they follow one another. What can't be read is left
/// out, and told in <see cref="Lost"/>. Not thread-safe.
/// </remarks>
public sealed class DvdFilmReader : IDisposable
{
    /// <summary>Bytes that are given at once at most.</summary>
    public const int LargestPiece = 32 * DvdCell.SectorSize;

    private const int MostLost = 10_000;

    private readonly DvdFilm _film;
    private readonly (ContentStream Content, long Start, long Sectors)[] _parts;
    private readonly FilmClock _clock = new();
    private readonly List<(long First, long Count)> _lost = [];
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
        List<(ContentStream, long, long)> parts = [];
        long start = 0;
        foreach (VolumeEntry entry in film.IsRecording ? VideoFolder.Recordings(volume) : folder.FilmsOf(film.TitleSet))
        {
            long sectors = entry.Size / DvdCell.SectorSize;
            parts.Add((folder.Open(entry), start, sectors));
            start += sectors;
        }

        _parts = [.. parts];
    }

    /// <summary>Sectors of the film that were read or given up so far, of <see cref="DvdFilm.Sectors"/>.</summary>
    public long Position => _position;

    /// <summary>How long the film is so far, by what its packs say.</summary>
    public TimeSpan Length => _clock.Length;

    /// <summary>Whether a pack was met that is scrambled (CSS).</summary>
    public bool IsScrambled { get; private set; }

    /// <summary>The streams that were met, as in <see cref="DvdSoundTrack.Stream"/>, each with the sector of the film where it begins.</summary>
    public IReadOnlyDictionary<int, long> Streams => _streams;

    /// <summary>What could not be read, in order, at most 10,000 places.</summary>
    public IReadOnlyList<LostFilm> Lost => [.. _lost.Select(lost => new LostFilm(lost.First, lost.Count, _clock.At(lost.First), _clock.At(lost.First + lost.Count)))];

    /// <summary>Takes each pack of subtitles, its times on the film's clock; null where nobody wants them.</summary>
    public SubtitleTaker? Subtitles { get; init; }

    /// <summary>Goes to another place of the film: what is met from there on is told, but times are not joined.</summary>
    /// <param name="sector">From the beginning of the film.</param>
    public void Seek(long sector)
    {
        (_cell, _inCell, _position) = (0, sector, sector);
        while (_cell < _film.Cells.Count && _inCell >= LengthOf(_film.Cells[_cell]))
        {
            _inCell -= LengthOf(_film.Cells[_cell++]);
        }
    }

    /// <summary>Reads what comes next.</summary>
    /// <param name="buffer">Takes whole packs; <see cref="LargestPiece"/>.</param>
    /// <returns>How many bytes of it are filled; null at the end. 0 where all that came next was lost, or not of the film.</returns>
    public int? Read(Span<byte> buffer)
    {
        if (_cell == _film.Cells.Count)
        {
            return null;
        }

        DvdCell cell = _film.Cells[_cell];
        int wanted = (int)Math.Min(LargestPiece / DvdCell.SectorSize, LengthOf(cell) - _inCell);
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
        foreach ((ContentStream content, _, _) in _parts)
        {
            content.Dispose();
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
        (ContentStream Content, long Start, long Sectors) part = Array.Find(_parts, part => first >= part.Start && first < part.Start + part.Sectors);
        if (part.Content is null)
        {
            return 0;
        }

        int wanted = (int)Math.Min(buffer.Length, (part.Start + part.Sectors - first) * DvdCell.SectorSize);
        IReadOnlyList<Extent> lost = part.Content.Unreadable;
        (int count, long end) = (lost.Count, lost.Count > 0 ? lost[^1].End : 0);
        part.Content.Position = (first - part.Start) * DvdCell.SectorSize;
        int read = part.Content.Read(buffer[..wanted]);
        bool isLost = lost.Count != count || (count > 0 && lost[^1].End != end);
        return isLost ? 0 : read / DvdCell.SectorSize;
    }

    private void NoteLost(long sector)
    {
        _isAfterLoss = true;
        if (_film.Cells[_cell].IsInterleaved)
        {
            _isOfOther = true; // whose packs come next only the next navigation pack tells
        }

        if (_lost.Count > 0 && (_lost[^1].First + _lost[^1].Count == sector || _lost.Count == MostLost))
        {
            _lost[^1] = (_lost[^1].First, sector + 1 - _lost[^1].First);
        }
        else
        {
            _lost.Add((sector, 1));
        }
    }

    private static long LengthOf(DvdCell cell) => cell.LastSector - cell.FirstSector + 1;
}

/// <summary>A part of a film that could not be read.</summary>
/// <param name="First">Its first sector, from the beginning of the film.</param>
/// <param name="Count">How many sectors.</param>
/// <param name="Begin">When it would be played, from the beginning of the film.</param>
/// <param name="End">Where it would have been.</param>
public sealed record LostFilm(long First, long Count, TimeSpan Begin, TimeSpan End);

/// <summary>Takes a pack of subtitles.</summary>
/// <param name="stream">Which subtitles: <c>20</c> to <c>3F</c>.</param>
/// <param name="begin">When they are shown, from the beginning of the film; null where the pack goes on with what one before it began.</param>
/// <param name="pack">The pack, which is the caller's again afterwards.</param>
public delegate void SubtitleTaker(int stream, TimeSpan? begin, ReadOnlySpan<byte> pack);
