// SPDX-License-Identifier: MIT
using System.Numerics;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Restores the sectors of one ecc block in a buffer whose parity rows hold residuals. One for each thread.</summary>
/// <remarks>
/// A residual is the parity that is stored, plus the parity of the data as it stands; it is zero where nothing is wrong. What a
/// wrong data sector lacks is a linear function of the residuals, the same for all 2048 codewords of the block.
/// </remarks>
/// <param name="code">The code.</param>
/// <param name="parity">The code's parity matrix, prepared.</param>
/// <param name="buffer">The buffer to work in.</param>
internal sealed class BlockSolver(ReedSolomonCode code, GaloisProduct parity, BlockBuffer buffer)
{
    // Where so many codewords in a row hold more errors than can be told, the others do, too.
    private const int MostCodewordsTried = 64;

    private readonly byte[] _column = new byte[code.Roots];
    private readonly byte[] _syndromes = new byte[code.Roots];
    private readonly int[] _starts = new int[ReedSolomonCode.Length];
    private int[] _solved = [];
    private int[] _solvedBy = [];
    private GaloisProduct? _toDifferences;
    private GaloisProduct? _toResiduals;

    /// <summary>Corrects wrong sectors at known layers, and takes what they contributed out of the residuals.</summary>
    /// <param name="index">The block's place in the buffer.</param>
    /// <param name="erasures">Layers in ascending order, at most as many as roots.</param>
    /// <returns>Whether the residuals of all other parity layers are zero now.</returns>
    public bool Solve(int index, ReadOnlySpan<int> erasures)
    {
        int wrongData = CountData(erasures);
        if (wrongData > 0)
        {
            Prepare(erasures, wrongData);
            Span<int> differences = stackalloc int[wrongData];
            for (int at = 0; at < wrongData; at++)
            {
                differences[at] = buffer.Scratch + (at * Sector.Size);
                buffer.Memory.Slice(differences[at], Sector.Size).Clear();
            }

            Span<int> starts = Starts(index);
            Span<int> residuals = stackalloc int[wrongData];
            for (int at = 0; at < wrongData; at++)
            {
                residuals[at] = starts[code.DataSymbols + _solvedBy[at]];
            }

            _toDifferences!.AddTo(buffer.Memory, residuals, differences, Sector.Size);
            _toResiduals!.AddTo(buffer.Memory, differences, starts[code.DataSymbols..], Sector.Size);
            for (int at = 0; at < wrongData; at++)
            {
                Add(buffer.Memory.Slice(differences[at], Sector.Size), buffer.SectorAt(erasures[at], index));
            }
        }

        return ResidualsVanish(index, erasures);
    }

    /// <summary>Finds sectors that are wrong without a sign of it, and corrects these and the known ones.</summary>
    /// <param name="index">The block's place in the buffer.</param>
    /// <param name="erasures">Layers known to be wrong; <see cref="Solve"/> was called with them.</param>
    /// <param name="proven">Layers that can't be wrong.</param>
    /// <returns>All wrong layers in ascending order; null where the code can't tell them.</returns>
    public int[]? SolveWithErrors(int index, ReadOnlySpan<int> erasures, ReadOnlySpan<bool> proven)
    {
        int[] wrong = [.. erasures];
        while (wrong.Length <= code.Roots)
        {
            int[]? more = LocateMore(index, wrong, proven);
            if (more is null || more.Length > code.Roots)
            {
                return null;
            }

            wrong = more;
            if (Solve(index, wrong))
            {
                return wrong;
            }
        }

        return null;
    }

    /// <summary>Puts the parity of the data as it stands into a block's parity rows.</summary>
    public void Encode(int index)
    {
        for (int layer = code.DataSymbols; layer < ReedSolomonCode.Length; layer++)
        {
            buffer.SectorAt(layer, index).Clear();
        }

        Span<int> starts = Starts(index);
        parity.AddTo(buffer.Memory, starts[..code.DataSymbols], starts[code.DataSymbols..], Sector.Size);
    }

    /// <summary>Whether the residual of one parity layer is zero.</summary>
    public bool ResidualVanishes(int index, int layer) => buffer.SectorAt(layer, index).IndexOfAnyExcept((byte)0) < 0;

    private bool ResidualsVanish(int index, ReadOnlySpan<int> except)
    {
        for (int layer = code.DataSymbols; layer < ReedSolomonCode.Length; layer++)
        {
            if (!except.Contains(layer) && !ResidualVanishes(index, layer))
            {
                return false;
            }
        }

        return true;
    }

    // Neighbouring blocks mostly miss the same layers, so the last matrices are kept.
    private void Prepare(ReadOnlySpan<int> erasures, int wrongData)
    {
        if (_toDifferences is not null && erasures.SequenceEqual(_solved))
        {
            return;
        }

        _solvedBy = new int[wrongData];
        for (int at = 0, row = 0; at < wrongData; row++)
        {
            if (!erasures.Contains(code.DataSymbols + row))
            {
                _solvedBy[at++] = row;
            }
        }

        ReadOnlySpan<int> data = erasures[..wrongData];
        _toDifferences = new(code.ParityMatrix.Select(_solvedBy, data).Inverse());
        _toResiduals = new(code.ParityMatrix.Select([.. Enumerable.Range(0, code.Roots)], data));
        _solved = [.. erasures];
    }

    private int[]? LocateMore(int index, ReadOnlySpan<int> wrong, ReadOnlySpan<bool> proven)
    {
        int tried = 0;
        for (int column = 0; column < Sector.Size && tried < MostCodewordsTried; column++)
        {
            if (!Gather(index, column, wrong))
            {
                continue;
            }

            tried++;
            ReedSolomonCode.Syndromes(_column, _syndromes);
            int[]? located = ErrorLocator.Locate(_syndromes, wrong);
            if (located is not null && located.Length > wrong.Length && !ContradictsProof(located, wrong, proven))
            {
                return located;
            }
        }

        return null;
    }

    // The residuals of one codeword; those of wrong parity layers are theirs alone, and say nothing.
    private bool Gather(int index, int column, ReadOnlySpan<int> wrong)
    {
        bool any = false;
        for (int row = 0; row < code.Roots; row++)
        {
            int layer = code.DataSymbols + row;
            byte residual = wrong.Contains(layer) ? (byte)0 : buffer.SectorAt(layer, index)[column];
            _column[row] = residual;
            any |= residual != 0;
        }

        return any;
    }

    private static bool ContradictsProof(ReadOnlySpan<int> located, ReadOnlySpan<int> wrong, ReadOnlySpan<bool> proven)
    {
        foreach (int layer in located)
        {
            if (proven[layer] && !wrong.Contains(layer))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (int at = 0; at < target.Length; at += Vector<byte>.Count)
        {
            (new Vector<byte>(source[at..]) ^ new Vector<byte>(target[at..])).CopyTo(target[at..]);
        }
    }

    private Span<int> Starts(int index)
    {
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            _starts[layer] = buffer.Rows[layer] + (index * Sector.Size);
        }

        return _starts;
    }

    private int CountData(ReadOnlySpan<int> layers)
    {
        int count = 0;
        while (count < layers.Length && layers[count] < code.DataSymbols)
        {
            count++;
        }

        return count;
    }
}
