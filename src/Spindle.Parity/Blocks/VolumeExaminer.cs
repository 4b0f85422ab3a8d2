// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;

namespace Spindle.Parity.Blocks;

/// <summary>Examines all ecc blocks of a volume, on all cores, and hands on what it restored.</summary>
/// <param name="volume">What is examined.</param>
/// <param name="threads">Threads at most, each with about 17 MiB.</param>
/// <param name="sink">Takes what is restored; null to look only.</param>
internal sealed class VolumeExaminer(LayeredVolume volume, int threads, IRestoredSink? sink = null)
{
    private readonly ReedSolomonCode _code = new(volume.Roots);
    private readonly RestoredSectors _restored = new();
    private readonly DamageLedger _ledger = new(volume);

    /// <summary>Examines everything.</summary>
    /// <param name="blocksDone">Called from any thread with the ledger so far, and the number of blocks just finished.</param>
    /// <param name="cancellationToken">Stops between two runs of blocks.</param>
    public DamageLedger Run(Action<DamageLedger, int> blocksDone, CancellationToken cancellationToken)
    {
        GaloisProduct parity = new(_code.ParityMatrix);
        SortedSet<long> blindlyLost = [];
        ChunkWorkers.Run(volume.Blocks, threads, () =>
        {
            BlockExaminer examiner = new(volume, _code, parity, _restored, (int)Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks));
            return blocks =>
            {
                BlockReport[] reports = Examine(examiner, blocks, out _);
                if (IsBlindlyLost(reports))
                {
                    lock (blindlyLost)
                    {
                        blindlyLost.Add(blocks.Start);
                    }
                }

                blocksDone(_ledger, reports.Length);
            };
        }, cancellationToken);

        if (blindlyLost.Count > 0)
        {
            TryAgain(blindlyLost, new(volume, _code, parity, _restored, (int)Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks)), cancellationToken);
        }

        return _ledger;
    }

    private static bool IsBlindlyLost(BlockReport[] reports) => reports.Any(report => report.Outcome == BlockOutcome.Lost && report.IsBlind);

    // Blocks were lost for want of checksums, which may have been restored since: again, as long as it helps.
    private void TryAgain(SortedSet<long> starts, BlockExaminer examiner, CancellationToken cancellationToken)
    {
        bool helped = true;
        while (helped && starts.Count > 0)
        {
            helped = false;
            foreach (long start in starts.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                BlockReport[] reports = Examine(examiner, new(start, Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks - start)), out bool gained);
                helped |= gained;
                if (!IsBlindlyLost(reports))
                {
                    starts.Remove(start);
                }
            }
        }
    }

    private BlockReport[] Examine(BlockExaminer examiner, SectorRange blocks, out bool gained)
    {
        gained = false;
        BlockReport[] reports = examiner.Examine(blocks);
        List<(int Layer, int Index, bool IsProven)> restored = [];
        for (int index = 0; index < reports.Length; index++)
        {
            bool counts = _ledger.Enter(reports[index], examiner.Buffer, index);
            gained |= counts;
            if (counts && reports[index].Outcome is (BlockOutcome.Restored or BlockOutcome.RestoredUnproven))
            {
                foreach (int layer in reports[index].Wrong)
                {
                    restored.Add((layer, index, reports[index].Outcome == BlockOutcome.Restored));
                }
            }
        }

        if (restored.Count > 0)
        {
            sink?.Take(new(examiner.Buffer, blocks.Start, restored));
        }

        return reports;
    }
}
