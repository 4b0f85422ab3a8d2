// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Checksums;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Tests.Blocks;

/// <summary>What is found and restored in ecc blocks, with 8 roots: 247 layers of data, 8 of parity.</summary>
public sealed class VolumeExaminerTests
{
    private const int Roots = 8;

    private readonly HandmadeVolume _volume = new(Roots, blocks: 3);

    [Fact]
    public void Nothing_is_wrong_with_what_is_right()
    {
        DamageLedger ledger = Examine();

        Assert.Equal(3, ledger.Count(BlockOutcome.Intact));
        Assert.Equal([0, 0, 0], ledger.WrongInBlock.ToArray());
        Assert.Empty(ledger.Lost);
    }

    [Fact]
    public void As_many_sectors_as_roots_are_restored_of_each_block()
    {
        int[] layers = [0, 5, 100, 246, 247, 250, 253, 254]; // data and parity
        Array.ForEach(layers, layer => _volume.Missing.Add((layer, 1)));

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((2, 1), (ledger.Count(BlockOutcome.Intact), ledger.Count(BlockOutcome.Restored)));
        Assert.Equal([0, 8, 0], ledger.WrongInBlock.ToArray());
        Assert.Equal(8, ledger.Count(SectorFlaw.Missing));
        Assert.Equal(1, ledger.WrongInLayer[100]);
        Assert.Equal(_volume.Right, All());
    }

    [Fact]
    public void One_sector_more_than_roots_is_lost_and_the_other_blocks_are_not()
    {
        for (int layer = 10; layer < 19; layer++)
        {
            _volume.Missing.Add((layer, 0));
        }

        _volume.Missing.Add((10, 2));
        CountingSink sink = new(_volume);
        DamageLedger ledger = Examine(sink);

        Assert.Equal((1, 1, 1), (ledger.Count(BlockOutcome.Lost), ledger.Count(BlockOutcome.Restored), ledger.Count(BlockOutcome.Intact)));
        Assert.Equal(Enumerable.Range(10, 9), ledger.Lost[0]);
        Assert.Equal((BlockOutcome.Lost, BlockOutcome.Intact, BlockOutcome.Restored), (ledger.OutcomeOf(0), ledger.OutcomeOf(1), ledger.OutcomeOf(2)));
        Assert.Equal((1L, 0L), (sink.Proven, sink.Unproven));
        Assert.Equal(_volume.RightAt(10, 2), _volume.At(10, 2));
    }

    [Fact]
    public void A_sector_that_lies_is_known_by_its_checksum()
    {
        _volume.Flip(7, 1);
        _volume.Flip(9, 1, at: 2047);

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((2, 1), (ledger.Count(SectorFlaw.Mismatched), ledger.Count(BlockOutcome.Restored)));
        Assert.Equal(_volume.Right, All());
    }

    [Fact]
    public void Parity_that_disagrees_with_data_that_are_proven_is_what_is_wrong()
    {
        for (int layer = 247; layer < 255; layer++)
        {
            _volume.Flip(layer, 2);
        }

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((8, 1), (ledger.Count(SectorFlaw.Silent), ledger.Count(BlockOutcome.Restored)));
        Assert.Equal(_volume.Right, All());
    }

    [Theory]
    [InlineData(1, BlockOutcome.Restored)] // six roots are left over
    [InlineData(2, BlockOutcome.Restored)]
    [InlineData(3, BlockOutcome.Restored)]
    [InlineData(4, BlockOutcome.Restored)]
    public void Without_checksums_half_as_many_errors_as_roots_are_located(int errors, object outcome)
    {
        _volume.ForgetChecksums();
        for (int number = 0; number < errors; number++)
        {
            _volume.Flip(30 + (number * 50), 0, at: 1000 + number);
            _volume.Flip(30 + (number * 50), 0, at: 7, bits: (byte)(number + 1));
        }

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((BlockOutcome)outcome, ledger.OutcomeOf(0));
        Assert.Equal(errors, ledger.Count(SectorFlaw.Silent));
        Assert.Equal(_volume.Right, All());
    }

    [Theory]
    [InlineData(2047, 2047)] // however many codewords in front of it are right
    [InlineData(100, 1500)] // no codeword shows both
    public void Without_checksums_errors_are_located_wherever_in_their_sectors_they_are(int first, int second)
    {
        _volume.ForgetChecksums();
        _volume.Flip(30, 1, at: first);
        _volume.Flip(200, 1, at: second);

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((BlockOutcome.Restored, 2L), (ledger.OutcomeOf(1), ledger.Count(SectorFlaw.Silent)));
        Assert.Equal(_volume.Right, All());
    }

    [Fact]
    public void Without_checksums_five_errors_are_more_than_eight_roots_can_tell()
    {
        _volume.ForgetChecksums();
        for (int number = 0; number < 5; number++)
        {
            _volume.Flip(30 + (number * 40), 0);
        }

        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal(BlockOutcome.Lost, ledger.OutcomeOf(0));
        Assert.Empty(ledger.Lost[0]); // nobody knows which ones
        Assert.NotEqual(_volume.RightAt(30, 0), _volume.At(30, 0));
    }

    [Fact]
    public void Without_checksums_sectors_that_are_missing_leave_less_for_those_that_lie()
    {
        _volume.ForgetChecksums();
        foreach (int layer in (int[])[0, 60, 120, 252])
        {
            _volume.Missing.Add((layer, 1));
        }

        _volume.Flip(200, 1);
        DamageLedger ledger = Examine(new CountingSink(_volume));

        Assert.Equal((4, 1), (ledger.Count(SectorFlaw.Missing), ledger.Count(SectorFlaw.Silent)));
        Assert.Equal(5, ledger.WrongInBlock[1]);
        Assert.Equal(_volume.Right, All());
    }

    [Theory]
    [InlineData(7, BlockOutcome.Restored)] // one root is left, and agrees
    [InlineData(8, BlockOutcome.RestoredUnproven)]
    public void Without_checksums_the_last_root_leaves_nothing_that_proves(int missing, object outcome)
    {
        _volume.ForgetChecksums();
        for (int layer = 0; layer < missing; layer++)
        {
            _volume.Missing.Add((layer, 1));
        }

        CountingSink sink = new(_volume) { WritesProvenOnly = true };
        Assert.Equal((BlockOutcome)outcome, Examine(sink).OutcomeOf(1));
        Assert.Equal((missing == 7 ? 7L : 0, 0L), (sink.Proven, sink.Unproven));
        Assert.Equal(missing == 7, !_volume.Missing.Contains((0, 1)));

        CountingSink all = new(_volume);
        Examine(all);
        Assert.Equal((0L, missing == 7 ? 0L : 8), (all.Proven, all.Unproven));
        Assert.Equal(_volume.Right, All());
    }

    [Fact]
    public void One_checksum_proves_all_that_is_restored_of_its_block()
    {
        _volume.ForgetChecksums();
        for (int layer = 0; layer < 8; layer++)
        {
            _volume.Missing.Add((layer, 1));
        }

        _volume.Checksums[(3 * 3) + 1] = Crc32.Of(_volume.RightAt(3, 1));

        Assert.Equal(BlockOutcome.Restored, Examine().OutcomeOf(1));
    }

    [Fact]
    public void A_checksum_that_what_is_restored_does_not_have_makes_the_block_lost()
    {
        _volume.Missing.Add((3, 1));
        _volume.Checksums[(3 * 3) + 1] ^= 1;

        Assert.Equal(BlockOutcome.Lost, Examine().OutcomeOf(1));
    }

    [Fact]
    public void Where_checksums_may_be_what_is_wrong_the_parity_decides()
    {
        HandmadeVolume volume = new(Roots, blocks: 1) { Misleads = true };
        volume.Missing.Add((3, 0));
        volume.Checksums[3] ^= 1;

        DamageLedger ledger = Examine(new CountingSink(volume), volume);

        Assert.Equal(BlockOutcome.Restored, ledger.OutcomeOf(0));
        Assert.Equal(volume.RightAt(3, 0), volume.At(3, 0));
    }

    [Fact]
    public void What_cannot_be_written_is_left_and_not_counted()
    {
        _volume.Missing.Add((3, 0));
        _volume.Missing.Add((250, 0));
        _volume.ReadOnlyLayers.Add(250);
        CountingSink sink = new(_volume);

        Examine(sink);

        Assert.Equal(1, sink.Proven);
        Assert.Equal([(250, 0L)], _volume.Missing);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Many_runs_of_blocks_are_spread_over_threads(int threads)
    {
        HandmadeVolume volume = new(1, blocks: 70); // three runs of 32
        volume.Missing.Add((100, 0));
        volume.Missing.Add((101, 33));
        volume.Missing.Add((102, 69));
        long done = 0;

        DamageLedger ledger = new VolumeExaminer(volume, threads, new CountingSink(volume)).Run((_, blocks) => Interlocked.Add(ref done, blocks), default);

        Assert.Equal((70L, 67L, 3L), (done, ledger.Count(BlockOutcome.Intact), ledger.Count(BlockOutcome.Restored)));
        Assert.Empty(volume.Missing);
        Assert.Equal(volume.RightAt(102, 69), volume.At(102, 69));
    }

    [Fact]
    public void Some_runs_can_be_looked_at_again()
    {
        _volume.Missing.Add((1, 0));
        _volume.Missing.Add((1, 2));
        DamageLedger ledger = new(_volume);

        new VolumeExaminer(_volume, 1).LookAt([new(2, 1)], ledger, default);

        Assert.Equal((BlockOutcome.Unknown, BlockOutcome.Restored), (ledger.OutcomeOf(0), ledger.OutcomeOf(2)));
    }

    [Fact]
    public void What_is_stopped_ends_between_two_runs()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => new VolumeExaminer(_volume, 2).Run((_, _) => { }, stop.Token));
    }

    private DamageLedger Examine(CountingSink? sink = null, HandmadeVolume? volume = null) => new VolumeExaminer(volume ?? _volume, 1, sink).Run((_, _) => { }, default);

    private byte[][] All() => [.. Enumerable.Range(0, 255).SelectMany(layer => Enumerable.Range(0, 3).Select(block => _volume.At(layer, block)))];
}
