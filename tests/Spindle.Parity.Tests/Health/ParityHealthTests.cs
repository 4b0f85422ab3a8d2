// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Health;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.Blocks;

namespace Spindle.Parity.Tests.Health;

public sealed class ParityHealthTests
{
    private readonly DamageLedger _ledger = new(new HandmadeVolume(1, blocks: 4)); // 4 blocks; the roots are those of the layout below

    [Theory]
    [InlineData(20, 0, 0, HealthVerdict.Good)]
    [InlineData(20, 1, 0, HealthVerdict.Watch)]
    [InlineData(20, 5, 0, HealthVerdict.Watch)] // a quarter
    [InlineData(20, 6, 0, HealthVerdict.CopyNow)]
    [InlineData(20, 0, 1, HealthVerdict.CopyNow)]
    [InlineData(3, 1, 0, HealthVerdict.CopyNow)]
    public void A_quarter_of_the_roots_is_where_watching_ends(int roots, int worst, long lost, HealthVerdict verdict) =>
        Assert.Equal(verdict, HealthThresholds.Usual.Judge(roots, worst, lost));

    [Theory]
    [InlineData(10, HealthVerdict.Watch)]
    [InlineData(11, HealthVerdict.CopyNow)]
    public void Who_asks_may_set_another_threshold(int worst, HealthVerdict verdict) => Assert.Equal(verdict, new HealthThresholds(0.5).Judge(20, worst, 0));

    [Fact]
    public void The_worst_block_says_how_much_more_can_be_borne()
    {
        Enter(0, BlockOutcome.Intact, 0);
        Enter(1, BlockOutcome.Restored, 3);
        Enter(2, BlockOutcome.Restored, 5);
        Enter(3, BlockOutcome.Restored, 3);

        ParityHealth health = Health(roots: 20);

        Assert.Equal((5, 11 / 4.0, 15, 60), (health.WorstBlock, health.MeanWrongSectors, health.WorstMargin, health.LongestBearableBurst));
        Assert.Equal((1, 0, 2, 1), (health.BlocksByWrongSectors[0], health.BlocksByWrongSectors[1], health.BlocksByWrongSectors[3], health.BlocksByWrongSectors[5]));
        Assert.Equal((256, 4), (health.BlocksByWrongSectors.Count, health.BlocksByWrongSectors.Sum()));
        Assert.Equal((HealthVerdict.Watch, HealthThresholds.Usual), (health.Verdict, health.Thresholds));
    }

    [Theory]
    [InlineData(25, -5)]
    [InlineData(3, 0)] // few are known of it, and yet it is lost
    public void Where_a_block_is_lost_nothing_more_can_be_borne(int wrong, int margin)
    {
        Enter(0, BlockOutcome.Lost, wrong);

        ParityHealth health = Health(roots: 20);

        Assert.Equal((margin, 0L, HealthVerdict.CopyNow), (health.WorstMargin, health.LongestBearableBurst, health.Verdict));
    }

    private void Enter(long block, BlockOutcome outcome, int wrong) => _ledger.Enter(new(block, outcome, [.. Enumerable.Range(0, wrong)], 0, false), new SectorFlaw[255]);

    private ParityHealth Health(int roots) => ParityHealth.Of(
        new() { Format = ParityFormat.Rs03Image, PayloadBytes = 1, Blocks = 4, Roots = roots, TotalSectors = 1 }, _ledger, HealthThresholds.Usual);
}
