// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Decides what of a damaged medium is read next: what is easily read first, what is hard later. Does no I/O.</summary>
/// <remarks>
/// Copying with growing skips, then backwards, then the rest; trimming; scraping; retrying. Phases, states and passes are those of
/// ddrescue's maps, so that each program goes on in the middle of what the other began.
/// </remarks>
internal sealed class RescueStrategy
{
    private readonly RescueTuning _tuning;
    private readonly SlowReads _slow;
    private readonly List<PassTally> _tallies = [];
    private RescueStep? _step;

    /// <param name="map">What is known; changed as reads are noted.</param>
    /// <param name="tuning">Sizes of reads and skips, and the number of retries.</param>
    /// <param name="start">Where an earlier run, ours or ddrescue's, has stopped.</param>
    /// <param name="slow">Knows how fast this drive reads.</param>
    public RescueStrategy(SectorMap map, RescueTuning tuning, RescueCursor start, SlowReads slow)
    {
        Map = map;
        _slow = slow;

        // A rescue that was over is taken up because something has changed: the drive, or the disc was cleaned. Bad sectors deserve a new try.
        _tuning = start.Status == RescueStatus.Finished ? tuning with { Retries = tuning.Retries + 1 } : tuning;
        _step = FirstStep(start with { Sector = Math.Clamp(start.Sector, 0, map.SectorCount) });
    }

    public SectorMap Map { get; }

    /// <summary>Where the rescue is, for the status line of the map.</summary>
    public RescueCursor Cursor => _step?.Cursor ?? new(RescueStatus.Finished, 1, Map.SectorCount);

    /// <summary>What the passes did so far, in order; passes that found nothing to do are left out.</summary>
    public IReadOnlyList<RescuePass> Passes => [.. _tallies.Select(tally => tally.ToPass())];

    /// <summary>The range to read next; null when there is nothing left to try.</summary>
    public SectorRange? Next()
    {
        while (_step is not null)
        {
            if (_step.Next() is { } range)
            {
                return range;
            }

            _step = Following(_step);
        }

        return null;
    }

    /// <summary>Notes what came of reading a range that <see cref="Next"/> named.</summary>
    public void Note(SectorRange range, SectorRead read, TimeSpan duration)
    {
        RescueStep step = _step ?? throw new InvalidOperationException("there was nothing to read");
        if (_tallies.Count == 0 || !_tallies[^1].IsOf(step))
        {
            _tallies.Add(new(step));
        }

        _tallies[^1].Add(read, duration);
        step.Note(range, read, isSlow: _slow.Note(read, duration));
    }

    private RescueStep? FirstStep(RescueCursor start) => start switch
    {
        { Status: RescueStatus.Copying } when Has(SectorState.NonTried) => Copying(Math.Min(start.Pass, ForwardCopying.Sweep), start.Sector),
        { Status: RescueStatus.Trimming } when !Has(SectorState.NonTried) => new Trimming(Map, _tuning, start),
        { Status: RescueStatus.Scraping } when !Has(SectorState.NonTried) && !Has(SectorState.NonTrimmed) => new Scraping(Map, _tuning, start),
        { Status: RescueStatus.Retrying } when IsScraped && start.Pass <= _tuning.Retries => new Retrying(Map, _tuning, start),
        _ => AfterCopying(),
    };

    private bool IsScraped => !Has(SectorState.NonTried) && !Has(SectorState.NonTrimmed) && !Has(SectorState.NonScraped);

    private RescueStep? Following(RescueStep step) => step switch
    {
        // A pass that was taken up in its middle may have left something in front of it: the sweep takes that, too.
        { Status: RescueStatus.Copying } when Has(SectorState.NonTried) => Copying(Math.Min(step.Number + 1, ForwardCopying.Sweep)),
        Retrying when step.Number >= _tuning.Retries || !Has(SectorState.Bad) => null,
        Retrying => Retry(step.Number + 1),
        _ => AfterCopying(),
    };

    private RescueStep? AfterCopying() => this switch
    {
        _ when Has(SectorState.NonTried) => Copying(ForwardCopying.First),
        _ when Has(SectorState.NonTrimmed) => new Trimming(Map, _tuning, new(RescueStatus.Trimming, 1, 0)),
        _ when Has(SectorState.NonScraped) => new Scraping(Map, _tuning, new(RescueStatus.Scraping, 1, 0)),
        _ when Has(SectorState.Bad) && _tuning.Retries > 0 => Retry(1),
        _ => null,
    };

    private RescueStep Copying(int pass, long? from = null) => pass % 2 == 0
        ? new BackwardCopying(Map, _tuning, new(RescueStatus.Copying, pass, from ?? Map.SectorCount))
        : new ForwardCopying(Map, _tuning, new(RescueStatus.Copying, pass, from ?? 0));

    private Retrying Retry(int pass) => new(Map, _tuning, new(RescueStatus.Retrying, pass, pass % 2 == 0 ? Map.SectorCount : 0));

    private bool Has(SectorState state) => Map.Total(state) > 0;
}
