// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Films;

/// <summary>Sectors of a film that could not be read, those that follow one another as one.</summary>
internal sealed class LostSectors
{
    private const int Most = 10_000;

    private readonly List<(long First, long Count)> _lost = [];

    /// <summary>Adds one, behind those before.</summary>
    /// <param name="sector">From the beginning of the film.</param>
    public void Add(long sector)
    {
        if (_lost.Count > 0 && (_lost[^1].First + _lost[^1].Count == sector || _lost.Count == Most))
        {
            _lost[^1] = (_lost[^1].First, sector + 1 - _lost[^1].First);
        }
        else
        {
            _lost.Add((sector, 1));
        }
    }

    /// <summary>All of them, and when they would be played.</summary>
    /// <param name="time">When a sector of the film is played.</param>
    public IReadOnlyList<LostFilm> At(Func<long, TimeSpan> time) => [.. _lost.Select(lost => new LostFilm(lost.First, lost.Count, time(lost.First), time(lost.First + lost.Count)))];
}
