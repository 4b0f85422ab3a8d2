// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Tests.Blocks;

public sealed class DamageLedgerTests
{
    private readonly DamageLedger _ledger = new(new HandmadeVolume(1, blocks: 4));
    private readonly SectorFlaw[] _flaws = new SectorFlaw[255];

    [Fact]
    public void A_block_counts_once_but_for_one_that_was_lost_and_is_no_more()
    {
        (_flaws[3], _flaws[4], _flaws[5]) = (SectorFlaw.Missing, SectorFlaw.Marked, SectorFlaw.Silent);

        Assert.True(_ledger.Enter(new(2, BlockOutcome.Lost, [3, 4], 0, true), _flaws));
        Assert.False(_ledger.Enter(new(2, BlockOutcome.Lost, [3], 0, true), _flaws));
        Assert.Equal((1, 1, 1), (_ledger.Count(BlockOutcome.Lost), _ledger.Count(SectorFlaw.Missing), _ledger.WrongInLayer[4]));
        Assert.Equal([3, 4], _ledger.Lost[2]);

        Assert.True(_ledger.Enter(new(2, BlockOutcome.Restored, [3, 4, 5], 1, false), _flaws));
        Assert.False(_ledger.Enter(new(2, BlockOutcome.Intact, [], 0, false), _flaws));

        Assert.Equal((0, 1, 0), (_ledger.Count(BlockOutcome.Lost), _ledger.Count(BlockOutcome.Restored), _ledger.Count(BlockOutcome.Intact)));
        Assert.Equal((1, 1, 1), (_ledger.Count(SectorFlaw.Missing), _ledger.Count(SectorFlaw.Marked), _ledger.Count(SectorFlaw.Silent)));
        Assert.Equal((1, 1, 1, 0), (_ledger.WrongInLayer[3], _ledger.WrongInLayer[4], _ledger.WrongInLayer[5], _ledger.WrongInLayer[6]));
        Assert.Equal([0, 0, 3, 0], _ledger.WrongInBlock.ToArray());
        Assert.Empty(_ledger.Lost);
    }

    [Fact]
    public void Progress_adds_up_and_tells_of_what_is_lost_before_what_is_damaged()
    {
        Watch watch = new();
        ProgressTotals totals = new(watch, "checking", 10, "blocks");
        totals.Add(3);
        _ledger.Enter(new(0, BlockOutcome.Restored, [1], 0, false), _flaws);
        _ledger.Enter(new(1, BlockOutcome.RestoredUnproven, [1], 0, false), _flaws);
        totals.Add(_ledger, 4);
        _ledger.Enter(new(2, BlockOutcome.Lost, [1], 0, false), _flaws);
        totals.Add(_ledger, 1);

        Assert.Equal([(3, null), (7, "2 blocks damaged"), (8, "1 blocks lost")], watch.All.Select(one => (one.Done, one.Trouble is { } trouble ? $"{trouble.Count} {trouble.What}" : null)));
        Assert.All(watch.All, one => Assert.Equal(("checking", 10, "blocks"), (one.Stage, one.Total, one.Unit)));
    }

    [Fact]
    public void Sectors_that_were_restored_are_found_by_layer_and_block()
    {
        RestoredSectors restored = new();
        byte[] sector = SimulatedSector(7);
        byte[] found = new byte[2048];
        restored.Add(5, 9, sector);

        Assert.False(restored.TryGet(9, 5, found));
        Assert.Equal(new byte[2048], found);
        Assert.True(restored.TryGet(5, 9, found));
        Assert.Equal(sector, found);
    }

    [Fact]
    public void The_first_error_of_any_thread_is_thrown_and_stops_the_others()
    {
        int runs = 0;

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => ChunkWorkers.Run(32 * 1000, 3, () => _ =>
        {
            Interlocked.Increment(ref runs);
            throw new InvalidOperationException("the first");
        }, default));

        Assert.Equal("the first", e.Message);
        Assert.InRange(runs, 1, 3);
    }

    [Fact]
    public void Runs_cover_all_blocks_once()
    {
        List<SectorRange> runs = [];

        ChunkWorkers.Run(70, 1, () => runs.Add, default);

        Assert.Equal([new(0, 32), new(32, 32), new(64, 6)], runs);
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkWorkers.Run(70, 0, () => runs.Add, default));
    }

    private static byte[] SimulatedSector(int seed) => Payloads.Random(2048, seed);

    private sealed class Watch : IProgress<WorkProgress>
    {
        public List<WorkProgress> All { get; } = [];

        public void Report(WorkProgress value) => All.Add(value);
    }
}
