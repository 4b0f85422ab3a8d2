// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Galois;

/// <summary>Multiplication by a constant as two tables of 16 products: of the low half byte, and of the high one.</summary>
internal static class HalfByteProducts
{
    /// <summary>Bytes that one constant takes.</summary>
    public const int Length = 32;

    /// <summary>All tables by group of rows, then column, then row in the group; rows that do not exist are zero.</summary>
    public static byte[] Prepare(GaloisMatrix matrix, int rowsInGroup)
    {
        int groups = (matrix.Rows + rowsInGroup - 1) / rowsInGroup;
        byte[] table = new byte[groups * matrix.Columns * rowsInGroup * Length];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                int index = ((((row / rowsInGroup) * matrix.Columns) + column) * rowsInGroup) + (row % rowsInGroup);
                ReadOnlySpan<byte> products = matrix.Field.ProductsOf(matrix[row, column]);
                for (int half = 0; half < 16; half++)
                {
                    table[(index * Length) + half] = products[half];
                    table[(index * Length) + 16 + half] = products[half << 4];
                }
            }
        }

        return table;
    }
}
