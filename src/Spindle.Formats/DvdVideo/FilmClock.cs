// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;

namespace Spindle.Formats.DvdVideo;

/// <summary>The time of a film from its beginning: video objects each have a clock of their own, which are joined without a gap.</summary>
internal sealed class FilmClock
{
    private const long TicksPerSecond = MpegTime.TicksPerSecond;
    private const long LongestUnit = 20 * TicksPerSecond; // 1.2 s is the most that is allowed; stills are longer
    private const long LongestFrame = 3600; // a picture of PAL; a frame of AC-3 has 2880
    private const long LongestLoss = 3600 * TicksPerSecond;

    private readonly FilmMarks _marks = new();
    private long? _origin;
    private long _end; // of the last unit, on the film's clock
    private int _vob;
    private long? _clock; // of the last pack
    private bool _isJump;

    /// <summary>What is to be added to the times of the unit that was last begun.</summary>
    public long Shift { get; private set; }

    /// <summary>How long the film is so far.</summary>
    public TimeSpan Length => _origin is { } origin ? MpegTime.Span(_end - origin) : TimeSpan.Zero;

    /// <summary>Begins a unit.</summary>
    /// <param name="unit">What its navigation pack says.</param>
    /// <param name="sector">Which sector of the film that is.</param>
    /// <param name="isAfterLoss">Whether sectors were lost since the one before.</param>
    public void Begin(DvdUnit unit, long sector, bool isAfterLoss)
    {
        if (unit.End <= unit.Begin || unit.End - unit.Begin > LongestUnit)
        {
            return;
        }

        if (_origin is null)
        {
            _origin = _end = unit.Begin;
        }

        // What was lost played, too: within one video object its length is known.
        long begin = unit.Begin + Shift;
        if (!(isAfterLoss && unit.Vob == _vob && begin > _end && begin - _end < LongestLoss))
        {
            Shift = _end - unit.Begin;
        }

        _vob = unit.Vob;
        _end = unit.End + Shift;
        _marks.Add(sector, unit.Begin + Shift - _origin.Value);
        _marks.Add(sector + unit.LastSector + 1, _end - _origin.Value);
    }

    /// <summary>Takes a pack of a recording, which has no navigation packs: where the clock of packs jumps, another recording begins.</summary>
    /// <param name="clock">The time of the pack.</param>
    /// <param name="begin">When the first picture or sound that begins in it is played; null where none says so.</param>
    /// <param name="sector">Which sector of the film that is.</param>
    /// <param name="isAfterLoss">Whether sectors were lost since the one before.</param>
    public void Follow(long clock, long? begin, long sector, bool isAfterLoss)
    {
        _isJump |= _clock is { } last && (clock < last || (clock - last > LongestUnit && !isAfterLoss));
        _clock = clock;
        if (begin is not { } time)
        {
            return;
        }

        if (_origin is null)
        {
            _origin = _end = time;
        }
        else if (_isJump)
        {
            Shift = _end - time;
        }

        _isJump = false;
        _end = Math.Max(_end, time + Shift + LongestFrame);
        if (_marks.Last is not { } marked || time + Shift - _origin.Value > marked + (TicksPerSecond / 4))
        {
            _marks.Add(sector, Math.Max(0, time + Shift - _origin.Value));
        }
    }

    /// <summary>When something is shown whose time is on the film's clock.</summary>
    public TimeSpan Since(long ticks) => MpegTime.Span(Math.Max(0, ticks - (_origin ?? 0)));

    /// <summary>When a sector of the film is played, as far as units around it tell.</summary>
    public TimeSpan At(long sector) => _marks.At(sector);
}
