// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity.Blocks;

/// <summary>Adds up what threads have done, and reports it in order.</summary>
/// <param name="progress">Where to; null for nowhere.</param>
/// <param name="stage">What is done.</param>
/// <param name="total">Units of it.</param>
/// <param name="unit">What they are.</param>
internal sealed class ProgressTotals(IProgress<WorkProgress>? progress, string stage, long total, string unit)
{
    private readonly Lock _lock = new();
    private long _done;

    /// <summary>Adds units that were just done.</summary>
    public void Add(long units) => Add(null, units);

    /// <summary>Adds units that were just done, and tells what damage was found up to now.</summary>
    public void Add(DamageLedger? ledger, long units)
    {
        lock (_lock)
        {
            _done += units;
            long lost = ledger?.Count(BlockOutcome.Lost) ?? 0;
            long restored = (ledger?.Count(BlockOutcome.Restored) ?? 0) + (ledger?.Count(BlockOutcome.RestoredUnproven) ?? 0);
            progress?.Report(new(stage, _done, total, unit)
            {
                Trouble = lost > 0 ? new(lost, "blocks lost") : WorkTrouble.Of(restored, "blocks damaged"),
            });
        }
    }
}
