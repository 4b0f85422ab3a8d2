// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spindle.Parity.Galois;

/// <summary>128-bit shuffle: a product is the sum of two looked up by half bytes, 16 bytes at a time.</summary>
/// <remarks>Four rows at a time, so that each source byte is loaded and split once for four products.</remarks>
internal sealed class Shuffle128Kernel : GaloisKernel
{
    private const int RowsInGroup = 4;

    public override string Name => "128-bit shuffle";

    public override bool IsSupported => Vector128.IsHardwareAccelerated;

    public override byte[] Prepare(GaloisMatrix matrix) => HalfByteProducts.Prepare(matrix, RowsInGroup);

    // Hot from its first call on: code that is still being tiered up keeps the sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(ReadOnlySpan<byte> table, ref byte memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length)
    {
        int groups = Groups(targets.Length, RowsInGroup);
        Vector128<byte> halfByte = Vector128.Create((byte)0x0F);
        for (int at = 0; at < length; at += Vector128<byte>.Count)
        {
            // The table holds 32 bytes a product, in the order in which they are used here.
            ref byte factor = ref Unsafe.AsRef(in table[0]);
            for (int group = 0; group < groups; group++)
            {
                int first = group * RowsInGroup;
                int rows = targets.Length - first;
                Vector128<byte> sum0 = Vector128<byte>.Zero;
                Vector128<byte> sum1 = Vector128<byte>.Zero;
                Vector128<byte> sum2 = Vector128<byte>.Zero;
                Vector128<byte> sum3 = Vector128<byte>.Zero;
                foreach (int source in sources)
                {
                    Vector128<byte> data = Vector128.LoadUnsafe(ref memory, (nuint)(source + at));
                    Vector128<byte> low = data & halfByte;
                    Vector128<byte> high = Vector128.ShiftRightLogical(data.AsUInt16(), 4).AsByte() & halfByte;
                    sum0 ^= Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 0), low) ^ Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 16), high);
                    sum1 ^= Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 32), low) ^ Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 48), high);
                    sum2 ^= Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 64), low) ^ Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 80), high);
                    sum3 ^= Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 96), low) ^ Vector128.ShuffleNative(Vector128.LoadUnsafe(ref factor, 112), high);
                    factor = ref Unsafe.Add(ref factor, RowsInGroup * HalfByteProducts.Length);
                }

                Add(ref memory, targets[first] + at, sum0);
                if (rows > 1)
                {
                    Add(ref memory, targets[first + 1] + at, sum1);
                }

                if (rows > 2)
                {
                    Add(ref memory, targets[first + 2] + at, sum2);
                }

                if (rows > 3)
                {
                    Add(ref memory, targets[first + 3] + at, sum3);
                }
            }
        }
    }

    private static void Add(ref byte memory, int at, Vector128<byte> sum) =>
        (Vector128.LoadUnsafe(ref memory, (nuint)at) ^ sum).StoreUnsafe(ref memory, (nuint)at);
}
