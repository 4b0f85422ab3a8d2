// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Examines all ecc blocks of a volume, on all cores, and hands on what it restored.</summary>
/// <param name="volume">What is examined.</param>
/// <param name="threads">Threads at most, each with about 17 MiB.</param>
/// <param name="sink">Takes what is restored; null to look only.</param>
internal sealed class VolumeExaminer(LayeredVolume volume, int threads, IRestoredSink? sink = null)
{
    private readonly ReedSolomonCode _code = new(volume.Roots);
    private readonly RestoredSectors _restored = new();
    private DamageLedger _ledger = new(volume);

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
            TryAgain(blindlyLost, RunFrom, new(volume, _code, parity, _restored, (int)Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks)), cancellationToken);
        }

        return _ledger;
    }

    /// <summary>Examines some runs of blocks, one after the other, and enters what is found of blocks of which nothing is known yet.</summary>
    /// <param name="runs">Each of no more blocks than <see cref="ChunkWorkers"/> takes at once.</param>
    /// <param name="ledger">What is known.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    public void LookAt(IReadOnlyList<SectorRange> runs, DamageLedger ledger, CancellationToken cancellationToken)
    {
        _ledger = ledger;
        BlockExaminer examiner = new(volume, _code, new(_code.ParityMatrix), _restored, (int)Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks));
        SortedSet<long> blindlyLost = [];
        Dictionary<long, SectorRange> byStart = runs.ToDictionary(run => run.Start);
        foreach (SectorRange run in runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsBlindlyLost(Examine(examiner, run, out _)))
            {
                blindlyLost.Add(run.Start);
            }
        }

        TryAgain(blindlyLost, start => byStart[start], examiner, cancellationToken);
    }

    private SectorRange RunFrom(long start) => new(start, Math.Min(ChunkWorkers.BlocksAtOnce, volume.Blocks - start));

    private static bool IsBlindlyLost(BlockReport[] reports) => reports.Any(report => report.Outcome == BlockOutcome.Lost && report.IsBlind);

    // Blocks were lost for want of checksums, which may have been restored since: again, as long as it helps.
    private void TryAgain(SortedSet<long> starts, Func<long, SectorRange> runFrom, BlockExaminer examiner, CancellationToken cancellationToken)
    {
        bool helped = true;
        while (helped && starts.Count > 0)
        {
            helped = false;
            foreach (long start in starts.ToArray())
            {
                cancellationToken.ThrowIfCancellationRequested();
                BlockReport[] reports = Examine(examiner, runFrom(start), out bool gained);
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
        Span<SectorFlaw> flaws = stackalloc SectorFlaw[ReedSolomonCode.Length];
        for (int index = 0; index < reports.Length; index++)
        {
            examiner.Buffer.CopyFlaws(index, flaws);
            bool counts = _ledger.Enter(reports[index], flaws);
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
