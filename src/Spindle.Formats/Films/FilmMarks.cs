// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Films;

/// <summary>When sectors of a film are played, as far as its packets told: for what lies between two of them, in proportion.</summary>
internal sealed class FilmMarks
{
    private const int Most = 400_000; // two for half a second of the longest film that a disc can hold

    private readonly List<(long Sector, long Ticks)> _marks = [];

    /// <summary>The time of the last mark, in ticks of 90 kHz from the beginning of the film; null before the first one.</summary>
    public long? Last => _marks.Count == 0 ? null : _marks[^1].Ticks;

    /// <summary>Adds one, behind those before.</summary>
    /// <param name="sector">From the beginning of the film.</param>
    /// <param name="ticks">Of 90 kHz, from the beginning of the film.</param>
    public void Add(long sector, long ticks)
    {
        if (_marks.Count < Most)
        {
            _marks.Add((sector, ticks));
        }
    }

    /// <summary>When a sector of the film is played.</summary>
    public TimeSpan At(long sector)
    {
        int index = _marks.FindLastIndex(mark => mark.Sector <= sector);
        if (index < 0)
        {
            return TimeSpan.Zero;
        }

        (long before, long ticks) = _marks[index];
        if (index + 1 == _marks.Count || _marks[index + 1].Sector <= before)
        {
            return MpegTime.Span(ticks);
        }

        (long after, long later) = _marks[index + 1];
        return MpegTime.Span(ticks + (long)((later - ticks) * ((double)(sector - before) / (after - before))));
    }
}
