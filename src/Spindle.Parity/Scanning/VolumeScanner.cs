// SPDX-License-Identifier: MIT
using System.Runtime.ExceptionServices;
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Scanning;

/// <summary>Examines all ecc blocks of a volume in one pass from front to back: a drive reads it as fast as it can turn the disc.</summary>
/// <remarks>
/// A block is spread over the whole volume. Of each sector that goes by a checksum and a digest are kept, and what is wrong is
/// decided from these. Blocks of which that cannot be known, such as one with as much missing as there is parity, are looked at again,
/// all sectors of each together.
/// </remarks>
/// <param name="volume">What is examined.</param>
/// <param name="sparing">The same volume, which does not try to read again what a map calls bad.</param>
/// <param name="threads">Threads at most; one of them reads at a time.</param>
internal sealed class VolumeScanner(LayeredVolume volume, Func<SectorMap, LayeredVolume> sparing, int threads)
{
    private readonly ReedSolomonCode _code = new(volume.Roots);
    private readonly Dictionary<(int Layer, long Block), byte[]> _kept = [];
    private readonly uint[] _expected = new uint[volume.DataLayers];
    private readonly bool[] _known = new bool[volume.DataLayers];
    private readonly Lock _reading = new();
    private readonly object _noting = new();
    private ScanNotes _notes = null!;
    private bool _hasChecksumsOfSingleBlocks;
    private (long Number, int Layer, long Block) _next;
    private long _noted;
    private long _sectorsNoted;
    private ExceptionDispatchInfo? _error;

    /// <summary>Examines everything.</summary>
    /// <param name="blocksDone">Called from any thread, one at a time, with the ledger so far and the number of blocks that were read since, or as many sectors.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    public DamageLedger Run(Action<DamageLedger, long> blocksDone, CancellationToken cancellationToken)
    {
        _notes = new(volume, _code);
        DamageLedger ledger = new(volume);
        Thread[] others = new Thread[threads - 1];
        for (int index = 0; index < others.Length; index++)
        {
            others[index] = new(() => Work(blocksDone, ledger, cancellationToken)) { IsBackground = true, Name = "parity" };
            others[index].Start();
        }

        Work(blocksDone, ledger, cancellationToken);
        foreach (Thread other in others)
        {
            other.Join();
        }

        _error?.Throw();
        for (long block = 0; block < volume.Blocks && !_hasChecksumsOfSingleBlocks; block++)
        {
            CompareChecksums(block, FindKept);
        }

        Judge(ledger, cancellationToken);
        return ledger;
    }

    private void Work(Action<DamageLedger, long> blocksDone, DamageLedger ledger, CancellationToken cancellationToken)
    {
        try
        {
            ScanBatch batch = new();
            while (TryRead(batch, cancellationToken))
            {
                batch.Digest(isData: batch.Layer < volume.DataLayers);
                lock (_noting)
                {
                    // In order: checksums come behind what they are of.
                    while (_noted < batch.Number && _error is null)
                    {
                        Monitor.Wait(_noting);
                    }

                    if (_error is null)
                    {
                        Note(batch);
                        long before = _sectorsNoted / ReedSolomonCode.Length;
                        _sectorsNoted += batch.Count;
                        blocksDone(ledger, (_sectorsNoted / ReedSolomonCode.Length) - before);
                    }

                    _noted++;
                    Monitor.PulseAll(_noting);
                }
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown again, on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_noting)
            {
                _error ??= ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(_noting);
            }
        }
    }

    private bool TryRead(ScanBatch batch, CancellationToken cancellationToken)
    {
        lock (_reading)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_next.Layer == ReedSolomonCode.Length || Volatile.Read(ref _error) is not null)
            {
                return false;
            }

            batch.Read(volume, _next.Number, _next.Layer, _next.Block);
            bool isLayersEnd = _next.Block + batch.Count == volume.Blocks;
            _next = (_next.Number + 1, isLayersEnd ? _next.Layer + 1 : _next.Layer, isLayersEnd ? 0 : _next.Block + batch.Count);
            return true;
        }
    }

    private void Note(ScanBatch batch)
    {
        _notes.Note(batch);
        for (int index = 0; index < batch.Count && batch.Layer < volume.DataLayers; index++)
        {
            long block = batch.Block + index;
            if (volume.Place(batch.Layer, block).Home == SectorHome.Nowhere)
            {
                _notes.Prove(batch.Layer, block);
            }
            else if (batch.Flaws[index] == SectorFlaw.None && volume.IsNeededLater(batch.Layer, block, isLast: true))
            {
                NoteChecksums(batch, index);
            }
        }
    }

    private void NoteChecksums(ScanBatch batch, int index)
    {
        long block = batch.Block + index;
        bool? proof = volume.ProvesItself(batch.Layer, batch.SectorAt(index));
        if (proof == false)
        {
            _notes.FlawAt(batch.Layer, block) = SectorFlaw.SelfMismatched;
            return;
        }

        if (proof == true)
        {
            _notes.Prove(batch.Layer, block);
        }

        if (volume.BlockDescribedBy(batch.Layer, block) is not { } described)
        {
            _kept[(batch.Layer, block)] = batch.SectorAt(index).ToArray();
            return;
        }

        _hasChecksumsOfSingleBlocks = true;
        CompareChecksums(described, (_, _, target) =>
        {
            batch.SectorAt(index).CopyTo(target);
            return true;
        });
    }

    private bool FindKept(int layer, long block, Span<byte> target)
    {
        bool isKept = _kept.TryGetValue((layer, block), out byte[]? sector);
        sector?.CopyTo(target);
        return isKept;
    }

    private void CompareChecksums(long block, SectorLookup lookup)
    {
        volume.GetChecksums(block, lookup, _expected, _known);
        for (int layer = 0; layer < volume.DataLayers; layer++)
        {
            if (!_known[layer])
            {
                continue;
            }

            if (_notes.ChecksumOf(layer, block) == _expected[layer])
            {
                _notes.Prove(layer, block);
            }
            else if (_notes.FlawAt(layer, block) is var flaw and SectorFlaw.None)
            {
                _notes.FlawAt(layer, block) = SectorFlaw.Mismatched;
            }
        }
    }

    private void Judge(DamageLedger ledger, CancellationToken cancellationToken)
    {
        BlockJudge judge = new(volume, _notes);
        SectorFlaw[] flaws = new SectorFlaw[ReedSolomonCode.Length];
        List<SectorRange> open = [];
        for (long block = 0; block < volume.Blocks; block++)
        {
            if (judge.Judge(block, flaws) is { } report)
            {
                ledger.Enter(report, flaws);
            }
            else if (open.Count > 0 && open[^1] is var last && last.End == block && last.Count < ChunkWorkers.BlocksAtOnce)
            {
                open[^1] = new(last.Start, last.Count + 1);
            }
            else
            {
                open.Add(new(block, 1));
            }
        }

        if (open.Count > 0)
        {
            new VolumeExaminer(sparing(Readable()), threads: 1).LookAt(open, ledger, cancellationToken);
        }
    }

    private SectorMap Readable()
    {
        List<long> missing = [];
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            for (long block = 0; block < volume.Blocks; block++)
            {
                if (_notes.FlawAt(layer, block) == SectorFlaw.Missing && volume.Place(layer, block) is { Home: SectorHome.Image } place)
                {
                    missing.Add(place.Sector);
                }
            }
        }

        SectorMap map = new(missing.Count == 0 ? 1 : missing.Max() + 1, SectorState.Finished);
        missing.ForEach(sector => map.Set(new(sector, 1), SectorState.Bad));
        return map;
    }
}
