// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>A matrix over a <see cref="GaloisField"/>.</summary>
/// <param name="field">What its elements are of.</param>
/// <param name="rows">Rows, at least 0.</param>
/// <param name="columns">Columns, at least 0.</param>
internal sealed class GaloisMatrix(GaloisField field, int rows, int columns)
{
    private readonly byte[] _elements = new byte[rows * columns];

    /// <summary>What its elements are of.</summary>
    public GaloisField Field { get; } = field;

    /// <summary>Rows.</summary>
    public int Rows => rows;

    /// <summary>Columns.</summary>
    public int Columns => columns;

    /// <summary>One element, by row and column from 0.</summary>
    public byte this[int row, int column]
    {
        get => _elements[(row * columns) + column];
        set => _elements[(row * columns) + column] = value;
    }

    /// <summary>The elements where the named rows and columns cross, in the order named.</summary>
    public GaloisMatrix Select(ReadOnlySpan<int> ofRows, ReadOnlySpan<int> ofColumns)
    {
        GaloisMatrix selected = new(Field, ofRows.Length, ofColumns.Length);
        for (int row = 0; row < ofRows.Length; row++)
        {
            for (int column = 0; column < ofColumns.Length; column++)
            {
                selected[row, column] = this[ofRows[row], ofColumns[column]];
            }
        }

        return selected;
    }

    /// <summary>The inverse of a square matrix, by elimination.</summary>
    /// <exception cref="InvalidOperationException">There is none, which cannot happen to a square part of a parity matrix.</exception>
    public GaloisMatrix Inverse() => TryInverse() ?? throw new InvalidOperationException($"a matrix of {rows} rows and {columns} columns has no inverse");

    /// <summary>The inverse, or null where there is none.</summary>
    public GaloisMatrix? TryInverse()
    {
        if (rows != columns)
        {
            return null;
        }

        GaloisMatrix left = new(Field, rows, rows);
        _elements.CopyTo(left._elements, 0);
        GaloisMatrix right = new(Field, rows, rows);
        for (int row = 0; row < rows; row++)
        {
            right[row, row] = 1;
        }

        for (int pivot = 0; pivot < rows; pivot++)
        {
            int found = pivot;
            while (found < rows && left[found, pivot] == 0)
            {
                found++;
            }

            if (found == rows)
            {
                return null;
            }

            left.Swap(found, pivot);
            right.Swap(found, pivot);
            byte factor = Field.Inverse(left[pivot, pivot]);
            left.Scale(pivot, factor);
            right.Scale(pivot, factor);
            for (int row = 0; row < rows; row++)
            {
                byte multiple = left[row, pivot];
                if (row != pivot && multiple != 0)
                {
                    left.AddMultiple(row, pivot, multiple);
                    right.AddMultiple(row, pivot, multiple);
                }
            }
        }

        return right;
    }

    private Span<byte> Row(int row) => _elements.AsSpan(row * columns, columns);

    private void Swap(int one, int other)
    {
        for (int column = 0; column < columns && one != other; column++)
        {
            (this[one, column], this[other, column]) = (this[other, column], this[one, column]);
        }
    }

    private void Scale(int row, byte factor)
    {
        ReadOnlySpan<byte> products = Field.ProductsOf(factor);
        foreach (ref byte element in Row(row))
        {
            element = products[element];
        }
    }

    private void AddMultiple(int row, int source, byte factor)
    {
        ReadOnlySpan<byte> products = Field.ProductsOf(factor);
        Span<byte> target = Row(row);
        ReadOnlySpan<byte> added = Row(source);
        for (int column = 0; column < target.Length; column++)
        {
            target[column] ^= products[added[column]];
        }
    }
}
