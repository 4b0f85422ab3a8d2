// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;

namespace Spindle.Parity.Health;

/// <summary>How much more damage can be borne.</summary>
public sealed record ParityHealth
{
    /// <summary>How many ecc blocks have how many wrong sectors: index 0 counts blocks with none, up to index 255.</summary>
    public required IReadOnlyList<long> BlocksByWrongSectors { get; init; }

    /// <summary>Wrong sectors of the worst ecc block, 0 to 255.</summary>
    public required int WorstBlock { get; init; }

    /// <summary>Wrong sectors of an ecc block on average.</summary>
    public required double MeanWrongSectors { get; init; }

    /// <summary>Sectors that the worst ecc block may lose in addition; negative or zero where it may lose none.</summary>
    public required int WorstMargin { get; init; }

    /// <summary>Sectors in one piece that may be lost in addition, wherever they lie, and still all be restored; a lower bound.</summary>
    public required long LongestBearableBurst { get; init; }

    /// <summary>What to do.</summary>
    public required HealthVerdict Verdict { get; init; }

    /// <summary>The thresholds of the verdict.</summary>
    public required HealthThresholds Thresholds { get; init; }

    internal static ParityHealth Of(ParityLayout layout, DamageLedger ledger, HealthThresholds thresholds)
    {
        long[] histogram = new long[256];
        long sum = 0;
        int worst = 0;
        foreach (byte wrong in ledger.WrongInBlock)
        {
            histogram[wrong]++;
            sum += wrong;
            worst = Math.Max(worst, wrong);
        }

        long lost = ledger.Count(BlockOutcome.Lost);
        int margin = lost > 0 ? Math.Min(0, layout.Roots - worst) : layout.Roots - worst;

        // Any so many times the layers' length in one piece takes so many sectors from each block; one sector more may hit the worst.
        return new()
        {
            BlocksByWrongSectors = histogram,
            WorstBlock = worst,
            MeanWrongSectors = (double)sum / layout.Blocks,
            WorstMargin = margin,
            LongestBearableBurst = Math.Max(0, margin) * layout.Blocks,
            Verdict = thresholds.Judge(layout.Roots, worst, lost),
            Thresholds = thresholds,
        };
    }
}
