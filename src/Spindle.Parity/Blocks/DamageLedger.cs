// SPDX-License-Identifier: MIT
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>All that was found in a volume, block by block: two bytes a block, and a place for each sector that is lost.</summary>
/// <remarks>Entries come from several threads.</remarks>
/// <param name="volume">The volume.</param>
internal sealed class DamageLedger(LayeredVolume volume)
{
    /// <summary>So many wrong sectors are remembered by their places: more is a disc that nobody mends sector by sector.</summary>
    public const int MostPlaces = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<long> _places = [];
    private readonly byte[] _wrong = new byte[volume.Blocks];
    private readonly BlockOutcome[] _outcomes = new BlockOutcome[volume.Blocks];
    private readonly long[] _byFlaw = new long[Enum.GetValues<SectorFlaw>().Length];
    private readonly long[] _byLayer = new long[ReedSolomonCode.Length];
    private readonly long[] _byOutcome = new long[Enum.GetValues<BlockOutcome>().Length];
    private readonly Dictionary<long, int[]> _lost = [];

    /// <summary>Wrong sectors of each block: the known ones only, where it is lost.</summary>
    public ReadOnlySpan<byte> WrongInBlock => _wrong;

    /// <summary>Wrong sectors of each layer.</summary>
    public IReadOnlyList<long> WrongInLayer => _byLayer;

    /// <summary>Known wrong layers of each lost block.</summary>
    public IReadOnlyDictionary<long, int[]> Lost => _lost;

    /// <summary>Wrong sectors of the image, in no order: <see cref="MostPlaces"/> at most.</summary>
    public IReadOnlyCollection<long> Places => _places;

    /// <summary>Sectors with a flaw.</summary>
    public long Count(SectorFlaw flaw) => _byFlaw[(int)flaw];

    /// <summary>Blocks with an outcome.</summary>
    public long Count(BlockOutcome outcome) => _byOutcome[(int)outcome];

    /// <summary>What came of a block.</summary>
    public BlockOutcome OutcomeOf(long block) => _outcomes[block];

    /// <summary>Enters what was found in a block; a later entry counts only where the block was lost and is no more.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="flaws">255: what is known of each of its sectors.</param>
    /// <returns>Whether it counts.</returns>
    public bool Enter(BlockReport report, ReadOnlySpan<SectorFlaw> flaws)
    {
        lock (_lock)
        {
            BlockOutcome before = _outcomes[report.Block];
            if (before != BlockOutcome.Unknown && (before != BlockOutcome.Lost || report.Outcome == BlockOutcome.Lost))
            {
                return false;
            }

            if (_lost.Remove(report.Block, out int[]? known))
            {
                // Its flaws are counted below, and better: more of them are known now.
                _byOutcome[(int)BlockOutcome.Lost]--;
                CountFlaws(report.Block, known, flaws, -1);
            }

            CountFlaws(report.Block, report.Wrong, flaws, 1);
            _byOutcome[(int)report.Outcome]++;
            _outcomes[report.Block] = report.Outcome;
            _wrong[report.Block] = (byte)report.Wrong.Length;
            if (report.Outcome == BlockOutcome.Lost)
            {
                _lost[report.Block] = report.Wrong;
            }

            return true;
        }
    }

    // The flaw of a sector that was already counted is the same when its block is examined again.
    private void CountFlaws(long block, int[] layers, ReadOnlySpan<SectorFlaw> flaws, int by)
    {
        foreach (int layer in layers)
        {
            if (volume.Place(layer, block) is { Home: SectorHome.Image } place && (by < 0 || _places.Count < MostPlaces))
            {
                _ = by > 0 ? _places.Add(place.Sector) : _places.Remove(place.Sector);
            }

            _byFlaw[(int)flaws[layer]] += by;
            _byLayer[layer] += by;
        }
    }
}
