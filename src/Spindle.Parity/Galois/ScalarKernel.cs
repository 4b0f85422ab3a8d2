// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Spindle.Parity.Galois;

/// <summary>A table of products and one byte at a time: runs everywhere, and is what the other kernels are held against.</summary>
internal sealed class ScalarKernel : GaloisKernel
{
    public override string Name => "scalar";

    public override bool IsSupported => true;

    public override byte[] Prepare(GaloisMatrix matrix)
    {
        byte[] table = new byte[(matrix.Rows * matrix.Columns) + 1];
        table[^1] = matrix.Field.Mark;
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                table[(row * matrix.Columns) + column] = matrix[row, column];
            }
        }

        return table;
    }

    // Hot from its first call on: code that is still being tiered up keeps the sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(ReadOnlySpan<byte> table, ref byte memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length)
    {
        GaloisField field = GaloisField.Marked(table[^1]);
        for (int row = 0; row < targets.Length; row++)
        {
            for (int column = 0; column < sources.Length; column++)
            {
                ReadOnlySpan<byte> products = field.ProductsOf(table[(row * sources.Length) + column]);
                ref byte source = ref Unsafe.Add(ref memory, sources[column]);
                ref byte target = ref Unsafe.Add(ref memory, targets[row]);
                for (int at = 0; at < length; at++)
                {
                    Unsafe.Add(ref target, at) ^= products[Unsafe.Add(ref source, at)];
                }
            }
        }
    }
}
