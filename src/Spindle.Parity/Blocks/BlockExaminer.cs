// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Checksums;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Finds out what is wrong in runs of ecc blocks, and restores it in its buffer. One for each thread.</summary>
internal sealed class BlockExaminer
{
    private readonly LayeredVolume _volume;
    private readonly ReedSolomonCode _code;
    private readonly GaloisProduct _parity;
    private readonly RestoredSectors _restored;
    private readonly BlockSolver _solver;
    private readonly SectorLookup _lookup;
    private readonly uint[] _actual;
    private readonly uint[] _expected;
    private readonly bool[] _known;
    private readonly bool[] _proven = new bool[ReedSolomonCode.Length];
    private BlockExaminer? _aside;
    private BlockExaminer? _withoutChecksums;
    private bool _isAside;
    private bool _isWithoutChecksums;
    private BlockReport[] _reports = [];
    private SectorRange _blocks;
    private int _decided;

    /// <summary>Prepares a thread's work.</summary>
    /// <param name="volume">What is examined.</param>
    /// <param name="code">The volume's code.</param>
    /// <param name="parity">The code's parity matrix, prepared; shared by all threads.</param>
    /// <param name="restored">Sectors that other runs need; shared by all threads.</param>
    /// <param name="blocksAtOnce">Blocks of a run at most.</param>
    public BlockExaminer(LayeredVolume volume, ReedSolomonCode code, GaloisProduct parity, RestoredSectors restored, int blocksAtOnce)
    {
        _volume = volume;
        _code = code;
        _parity = parity;
        _restored = restored;
        Buffer = new(blocksAtOnce);
        _solver = new(code, parity, Buffer);
        _lookup = LookUp;
        _actual = new uint[code.DataSymbols * blocksAtOnce];
        _expected = new uint[code.DataSymbols];
        _known = new bool[code.DataSymbols];
    }

    /// <summary>The sectors of the run examined last, as they should be wherever the outcome says so; intact parity is not kept.</summary>
    public BlockBuffer Buffer { get; }

    /// <summary>Examines a run of blocks.</summary>
    /// <returns>One report a block, in order.</returns>
    public BlockReport[] Examine(SectorRange blocks)
    {
        Load(blocks);
        _reports = new BlockReport[blocks.Count];
        for (_decided = 0; _decided < _reports.Length; _decided++)
        {
            _reports[_decided] = Decide(_decided);
            if (_reports[_decided].Outcome == BlockOutcome.Lost && _volume.MayMisleadByChecksums && !_isWithoutChecksums)
            {
                _reports[_decided] = DecideWithoutChecksums(_decided);
            }

            Remember(_reports[_decided], isLast: _decided == _reports.Length - 1);
        }

        return _reports;
    }

    private void Load(SectorRange blocks)
    {
        _blocks = blocks;
        _decided = 0;
        int count = (int)blocks.Count;
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            Span<SectorFlaw> flaws = Buffer.FlawsOf(layer, count);
            flaws.Clear();
            _volume.Read(layer, blocks.Start, Buffer.Row(layer, count), flaws);
            for (int index = 0; index < count; index++)
            {
                if (layer < _code.DataSymbols)
                {
                    _actual[(index * _code.DataSymbols) + layer] = Crc32.Of(Buffer.SectorAt(layer, index));
                }
                else if (flaws[index] != SectorFlaw.None)
                {
                    // A residual without the stored part is the parity itself, once the data are right.
                    Buffer.SectorAt(layer, index).Clear();
                }
            }
        }

        _parity.AddTo(Buffer.Memory, Buffer.Rows[.._code.DataSymbols], Buffer.Rows[_code.DataSymbols..], count * Sector.Size);
    }

    private BlockReport Decide(int index)
    {
        long block = _blocks.Start + index;
        if (_isWithoutChecksums)
        {
            _known.AsSpan().Clear();
        }
        else
        {
            _volume.GetChecksums(block, _lookup, _expected, _known);
        }

        List<int> wrong = [];
        List<int> rewritten = [];
        bool isBlind = JudgeData(index, wrong, rewritten);
        for (int layer = _code.DataSymbols; layer < ReedSolomonCode.Length; layer++)
        {
            if (Buffer.FlawAt(layer, index) != SectorFlaw.None)
            {
                wrong.Add(layer);
            }
        }

        int[] erasures = [.. wrong];
        bool dataProven = !_proven.AsSpan(0, _code.DataSymbols).Contains(false);
        (BlockOutcome outcome, int[] corrected) = dataProven ? RenewParity(index, erasures) : Restore(index, erasures, isBlind);
        int silent = corrected.Length - erasures.Length;
        foreach (int layer in corrected)
        {
            ref SectorFlaw flaw = ref Buffer.FlawAt(layer, index);
            flaw = flaw == SectorFlaw.None ? SectorFlaw.Silent : flaw;
        }

        outcome = outcome == BlockOutcome.Intact && rewritten.Count > 0 ? BlockOutcome.Restored : outcome;
        return new(block, outcome, [.. corrected.Concat(rewritten).Order()], silent, isBlind);
    }

    // By itself, and by its parity alone: what is noted as checksums may be what is wrong.
    private BlockReport DecideWithoutChecksums(int index)
    {
        _withoutChecksums ??= new(_volume, _code, _parity, _restored, blocksAtOnce: 1) { _isAside = true, _isWithoutChecksums = true };
        BlockReport report = _withoutChecksums.Examine(new(_blocks.Start + index, 1))[0];
        if (report.Outcome == BlockOutcome.Lost)
        {
            return _reports[index];
        }

        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            _withoutChecksums.Buffer.SectorAt(layer, 0).CopyTo(Buffer.SectorAt(layer, index));
            Buffer.FlawAt(layer, index) = _withoutChecksums.Buffer.FlawAt(layer, 0);
        }

        return report;
    }

    // Sorts data layers into wrong ones, and right ones that must still be written anew; says whether checksums are lacking.
    private bool JudgeData(int index, List<int> wrong, List<int> rewritten)
    {
        bool isBlind = false;
        _proven.AsSpan().Clear();
        for (int layer = 0; layer < _code.DataSymbols; layer++)
        {
            ref SectorFlaw flaw = ref Buffer.FlawAt(layer, index);
            bool? proof = Proof(layer, index);
            isBlind |= proof is null;
            _proven[layer] = proof ?? false;
            if (proof == false && flaw == SectorFlaw.None)
            {
                flaw = _known[layer] ? SectorFlaw.Mismatched : SectorFlaw.SelfMismatched;
            }

            if (flaw != SectorFlaw.None)
            {
                (proof == true ? rewritten : wrong).Add(layer);
            }
        }

        return isBlind;
    }

    private bool? Proof(int layer, int index)
    {
        if (_known[layer])
        {
            return _actual[(index * _code.DataSymbols) + layer] == _expected[layer];
        }

        return _volume.Place(layer, _blocks.Start + index).Home == SectorHome.Nowhere ? true : _volume.ProvesItself(layer, Buffer.SectorAt(layer, index));
    }

    // All data are proven right: whatever parity disagrees with them is wrong, however much it is.
    private (BlockOutcome Outcome, int[] Wrong) RenewParity(int index, int[] erasures)
    {
        List<int> wrong = [.. erasures];
        for (int layer = _code.DataSymbols; layer < ReedSolomonCode.Length; layer++)
        {
            if (Buffer.FlawAt(layer, index) == SectorFlaw.None && !_solver.ResidualVanishes(index, layer))
            {
                wrong.Add(layer);
            }
        }

        if (wrong.Count > erasures.Length)
        {
            _solver.Encode(index);
        }

        wrong.Sort();
        return (wrong.Count == 0 ? BlockOutcome.Intact : BlockOutcome.Restored, [.. wrong]);
    }

    private (BlockOutcome Outcome, int[] Wrong) Restore(int index, int[] erasures, bool isBlind)
    {
        if (erasures.Length > _code.Roots)
        {
            return (BlockOutcome.Lost, erasures);
        }

        int[]? wrong = _solver.Solve(index, erasures) ? erasures : _solver.SolveWithErrors(index, erasures, _proven);
        if (wrong is null || !HoldsProof(index, wrong, out bool isChecked))
        {
            return (BlockOutcome.Lost, erasures);
        }

        if (wrong.Length == 0)
        {
            return (BlockOutcome.Intact, wrong);
        }

        if (wrong.Length > erasures.Length)
        {
            _solver.Encode(index);
        }

        // Every restored sector depends on every other sector of the block: one that has its checksum speaks for all. So does a
        // root that was not used up, being a check of each of 2048 codewords; errors that were located need some more of these.
        int spare = _code.Roots - wrong.Length;
        bool isProven = !isBlind || isChecked || spare >= (wrong.Length > erasures.Length ? 4 : 1);
        return (isProven ? BlockOutcome.Restored : BlockOutcome.RestoredUnproven, wrong);
    }

    private bool HoldsProof(int index, int[] restored, out bool isChecked)
    {
        isChecked = false;
        foreach (int layer in restored)
        {
            if (layer < _code.DataSymbols)
            {
                Span<byte> sector = Buffer.SectorAt(layer, index);
                bool? proof = _known[layer] ? Crc32.Of(sector) == _expected[layer] : _volume.ProvesItself(layer, sector);
                if (proof == false)
                {
                    return false;
                }

                isChecked |= proof == true;
            }
        }

        return true;
    }

    private void Remember(BlockReport report, bool isLast)
    {
        int index = (int)(report.Block - _blocks.Start);
        if (report.Outcome == BlockOutcome.Lost)
        {
            ReadChecksumsAgain(report.Block, index);
            return;
        }

        foreach (int layer in report.Wrong)
        {
            if (layer < _code.DataSymbols && !_isAside && _volume.IsNeededLater(layer, report.Block, isLast))
            {
                _restored.Add(layer, report.Block, Buffer.SectorAt(layer, index));
            }
        }
    }

    // Attempts that failed left guesses behind. What is stored may still tell the checksums of other blocks.
    private void ReadChecksumsAgain(long block, int index)
    {
        for (int layer = 0; layer < _code.DataSymbols; layer++)
        {
            if (Buffer.FlawAt(layer, index) == SectorFlaw.None && _volume.IsNeededLater(layer, block, isLast: true))
            {
                _volume.Read(layer, block, Buffer.SectorAt(layer, index), new Span<SectorFlaw>(ref Buffer.FlawAt(layer, index)));
            }
        }
    }

    private bool LookUp(int layer, long block, Span<byte> target)
    {
        if (_blocks.Contains(block) && block - _blocks.Start < _decided)
        {
            int index = (int)(block - _blocks.Start);
            Buffer.SectorAt(layer, index).CopyTo(target);
            return _reports[index].Outcome != BlockOutcome.Lost || Buffer.FlawAt(layer, index) == SectorFlaw.None;
        }

        if (_restored.TryGet(layer, block, target))
        {
            return true;
        }

        SectorFlaw flaw = SectorFlaw.None;
        _volume.Read(layer, block, target[..Sector.Size], new Span<SectorFlaw>(ref flaw));
        return (flaw == SectorFlaw.None && _volume.ProvesItself(layer, target) != false) || RestoreAside(layer, block, target);
    }

    // The sector is wrong where it is kept: its block is examined by itself, with what can be had without going further.
    private bool RestoreAside(int layer, long block, Span<byte> target)
    {
        if (_isAside)
        {
            return false;
        }

        _aside ??= new(_volume, _code, _parity, _restored, blocksAtOnce: 1) { _isAside = true };
        SectorRange alone = new(block, 1);
        if (_aside._blocks != alone)
        {
            _aside.Examine(alone);
        }

        _aside.Buffer.SectorAt(layer, 0).CopyTo(target);
        return _aside._reports[0].Outcome != BlockOutcome.Lost;
    }
}
