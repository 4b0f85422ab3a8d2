// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.Galois;

/// <summary>Read here as the instruction reads it, for machines that do not have it.</summary>
public sealed class BitMatrixTests
{
    [Fact]
    public void A_matrix_of_bits_multiplies()
    {
        for (int factor = 0; factor < 256; factor++)
        {
            ulong matrix = BitMatrix.Of(GaloisField.Of11D, (byte)factor);
            for (int value = 0; value < 256; value++)
            {
                // GF2P8AFFINEQB: bit i of the result is the parity of the value and byte 7-i of the matrix.
                int product = Enumerable.Range(0, 8).Sum(bit => ((int)ulong.PopCount((matrix >> (8 * (7 - bit))) & 0xFF & (ulong)value) & 1) << bit);
                Assert.Equal(GaloisField.Of11D.Multiply((byte)factor, (byte)value), product);
            }
        }
    }

    [Fact]
    public void Matrices_lie_by_group_of_rows_then_column_then_row()
    {
        GaloisMatrix matrix = new(GaloisField.Of11D, 3, 2) { [0, 0] = 1, [0, 1] = 2, [1, 0] = 3, [1, 1] = 4, [2, 0] = 5, [2, 1] = 6 };

        byte[] table = BitMatrix.Prepare(matrix, rowsInGroup: 2);

        ulong[] expected = [.. ((int[])[1, 3, 2, 4, 5, 0, 6, 0]).Select(factor => BitMatrix.Of(GaloisField.Of11D, (byte)factor))]; // of a row that does not exist: 0
        Assert.Equal(expected, Enumerable.Range(0, table.Length / 8).Select(at => BinaryPrimitives.ReadUInt64LittleEndian(table.AsSpan(at * 8))));
    }
}
