// SPDX-License-Identifier: MIT
using Spindle.Parity.Galois;

namespace Spindle.Parity.Tests.Galois;

public sealed class GaloisKernelTests
{
    public static TheoryData<string> Kernels() => new(GaloisKernel.All.Select(kernel => kernel.Name));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Gives_the_bytes_of_the_scalar_kernel(string name)
    {
        GaloisKernel kernel = GaloisKernel.All.Single(kernel => kernel.Name == name);
        Assert.SkipUnless(kernel.IsSupported, $"this processor has no {name}");
        Random random = new(7);
        foreach ((int rows, int columns, int length) in new[] { (1, 1, 64), (3, 5, 128), (4, 4, 64), (8, 247, 2048), (31, 224, 192), (53, 202, 64), (170, 85, 64) })
        {
            GaloisMatrix matrix = RandomMatrix(random, rows, columns);
            byte[] memory = new byte[(rows + columns) * (length + 64)];
            random.NextBytes(memory);
            byte[] expected = [.. memory];
            int[] starts = [.. Enumerable.Range(0, rows + columns).Select(row => row * (length + 64))];
            random.Shuffle(starts);

            new GaloisProduct(matrix, new ScalarKernel()).AddTo(expected, starts.AsSpan(rows), starts.AsSpan(0, rows), length);
            new GaloisProduct(matrix, kernel).AddTo(memory, starts.AsSpan(rows), starts.AsSpan(0, rows), length);

            Assert.True(expected.AsSpan().SequenceEqual(memory), $"{rows} x {columns}, {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Multiplies_every_byte_by_every_constant(string name)
    {
        GaloisKernel kernel = GaloisKernel.All.Single(kernel => kernel.Name == name);
        Assert.SkipUnless(kernel.IsSupported, $"this processor has no {name}");
        byte[] memory = new byte[512];
        foreach ((GaloisField field, byte factor) in ((GaloisField[])[GaloisField.Of187, GaloisField.Of11D]).SelectMany(field => Enumerable.Range(0, 256).Select(factor => (field, (byte)factor))))
        {
            for (int value = 0; value < 256; value++)
            {
                memory[value] = (byte)value;
            }

            memory.AsSpan(256).Clear();
            GaloisMatrix matrix = new(field, 1, 1) { [0, 0] = factor };

            new GaloisProduct(matrix, kernel).AddTo(memory, [0], [256], 256);

            Assert.True(field.ProductsOf(factor).SequenceEqual(memory.AsSpan(256)), $"{field.Polynomial:x}, factor {factor}");
        }
    }

    [Fact]
    public void Rejects_rows_that_do_not_lie_in_the_memory()
    {
        GaloisProduct product = new(new GaloisMatrix(GaloisField.Of11D, 1, 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => product.AddTo(new byte[128], [0], [65], 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => product.AddTo(new byte[128], [-1], [64], 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => product.AddTo(new byte[128], [0], [64], 63));
        Assert.Throws<ArgumentOutOfRangeException>(() => product.AddTo(new byte[128], [0, 0], [64], 64));
    }

    [Fact]
    public void Inverts_matrices()
    {
        GaloisMatrix matrix = RandomMatrix(new Random(5), 12, 12);
        GaloisMatrix inverse = matrix.Inverse();

        for (int row = 0; row < 12; row++)
        {
            for (int column = 0; column < 12; column++)
            {
                int sum = Enumerable.Range(0, 12).Aggregate(0, (sum, at) => sum ^ GaloisField.Of11D.Multiply(matrix[row, at], inverse[at, column]));
                Assert.Equal(row == column ? 1 : 0, sum);
            }
        }

        Assert.Throws<InvalidOperationException>(() => new GaloisMatrix(GaloisField.Of11D, 3, 3).Inverse());
    }

    private static GaloisMatrix RandomMatrix(Random random, int rows, int columns)
    {
        GaloisMatrix matrix = new(GaloisField.Of11D, rows, columns);
        for (int index = 0; index < rows * columns; index++)
        {
            matrix[index / columns, index % columns] = (byte)random.Next(256);
        }

        return matrix;
    }
}
