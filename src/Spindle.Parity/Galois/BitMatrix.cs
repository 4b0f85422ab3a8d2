// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Parity.Galois;

/// <summary>Multiplication by a constant as a matrix of bits, as the affine instruction takes it.</summary>
internal static class BitMatrix
{
    /// <summary>The matrix that multiplies by a factor of a field: the row of result bit i is byte 7-i, its bit k stands for input bit k.</summary>
    public static ulong Of(GaloisField field, byte factor)
    {
        ulong matrix = 0;
        for (int bit = 0; bit < 8; bit++)
        {
            ulong row = 0;
            for (int input = 0; input < 8; input++)
            {
                row |= (ulong)((field.Multiply(factor, (byte)(1 << input)) >> bit) & 1) << input;
            }

            matrix |= row << (8 * (7 - bit));
        }

        return matrix;
    }

    /// <summary>All bit matrices by group of rows, then column, then row in the group; rows that do not exist are zero.</summary>
    public static byte[] Prepare(GaloisMatrix matrix, int rowsInGroup)
    {
        int groups = (matrix.Rows + rowsInGroup - 1) / rowsInGroup;
        byte[] table = new byte[groups * matrix.Columns * rowsInGroup * sizeof(ulong)];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                int index = ((((row / rowsInGroup) * matrix.Columns) + column) * rowsInGroup) + (row % rowsInGroup);
                WriteNative(table.AsSpan(index * sizeof(ulong)), Of(matrix.Field, matrix[row, column]));
            }
        }

        return table;
    }

    // Only x86 has the instruction, so the order in memory is little-endian.
    private static void WriteNative(Span<byte> target, ulong matrix) => BinaryPrimitives.WriteUInt64LittleEndian(target, matrix);
}
