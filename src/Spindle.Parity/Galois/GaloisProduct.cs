// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>A matrix made ready to be multiplied by many rows of bytes.</summary>
internal sealed class GaloisProduct
{
    /// <summary>Rows are multiples of this many bytes: the widest vector of any kernel.</summary>
    public const int Granularity = 64;

    private readonly int _rows;
    private readonly int _columns;
    private readonly GaloisKernel _kernel;
    private readonly byte[] _table;

    /// <summary>Prepares a matrix.</summary>
    /// <param name="matrix">Is read once; later changes have no effect.</param>
    /// <param name="kernel">How to multiply; the fastest of this processor unless given.</param>
    public GaloisProduct(GaloisMatrix matrix, GaloisKernel? kernel = null)
    {
        _rows = matrix.Rows;
        _columns = matrix.Columns;
        _kernel = kernel ?? GaloisKernel.Best;
        _table = _kernel.Prepare(matrix);
    }

    /// <summary>Adds the product of the matrix and source rows to target rows: target[r] ^= sum over c of matrix[r, c] * source[c].</summary>
    /// <param name="memory">Holds all rows.</param>
    /// <param name="sources">Where each source row starts, in bytes; one for every column of the matrix.</param>
    /// <param name="targets">Where each target row starts, in bytes; one for every row of the matrix, none overlapping another row.</param>
    /// <param name="length">Bytes of every row, a multiple of <see cref="Granularity"/>.</param>
    public void AddTo(Span<byte> memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sources.Length, _columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(targets.Length, _rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length % Granularity, 0);
        int last = memory.Length - length;
        foreach (int start in sources)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, last);
        }

        foreach (int start in targets)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, last);
        }

        if (_rows > 0 && _columns > 0 && length > 0)
        {
            _kernel.Accumulate(_table, ref memory[0], sources, targets, length);
        }
    }
}
