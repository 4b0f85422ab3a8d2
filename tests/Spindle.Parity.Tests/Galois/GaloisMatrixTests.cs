// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.Galois;

public sealed class GaloisMatrixTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    public void A_matrix_times_its_inverse_is_one_wherever_its_zeros_are(int size)
    {
        Random random = new(size);
        for (int round = 0; round < 20; round++)
        {
            // A row of a triangle has its pivot behind zeros: the rows in any order have to be changed with one another.
            int[] order = [.. Enumerable.Range(0, size)];
            random.Shuffle(order);
            GaloisMatrix matrix = new(GaloisField.Of11D, size, size);
            for (int row = 0; row < size; row++)
            {
                for (int column = order[row]; column < size; column++)
                {
                    matrix[row, column] = (byte)random.Next(1, 256);
                }
            }

            GaloisMatrix inverse = matrix.Inverse();

            for (int row = 0; row < size; row++)
            {
                for (int column = 0; column < size; column++)
                {
                    int sum = Enumerable.Range(0, size).Aggregate(0, (sum, at) => sum ^ GaloisField.Of11D.Multiply(matrix[row, at], inverse[at, column]));
                    Assert.Equal(row == column ? 1 : 0, sum);
                }
            }
        }
    }

    [Fact]
    public void What_is_not_square_or_has_equal_rows_has_no_inverse()
    {
        Assert.Throws<InvalidOperationException>(() => new GaloisMatrix(GaloisField.Of11D, 2, 3).Inverse());
        Assert.Throws<InvalidOperationException>(() => new GaloisMatrix(GaloisField.Of11D, 3, 2).Inverse());
        Assert.Throws<InvalidOperationException>(() => new GaloisMatrix(GaloisField.Of11D, 2, 2) { [0, 0] = 1, [0, 1] = 2, [1, 0] = 1, [1, 1] = 2 }.Inverse());
    }
}
