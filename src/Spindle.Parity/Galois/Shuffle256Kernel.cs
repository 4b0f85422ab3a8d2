// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spindle.Parity.Galois;

/// <summary>AVX2 shuffle: a product is the sum of two looked up by half bytes, 32 bytes at a time.</summary>
/// <remarks>Four rows at a time, so that each source byte is loaded and split once for four products.</remarks>
internal sealed class Shuffle256Kernel : GaloisKernel
{
    private const int RowsInGroup = 4;

    public override string Name => "AVX2 shuffle";

    public override bool IsSupported => Avx2.IsSupported;

    public override byte[] Prepare(GaloisMatrix matrix) => HalfByteProducts.Prepare(matrix, RowsInGroup);

    // Hot from its first call on: code that is still being tiered up keeps the sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(ReadOnlySpan<byte> table, ref byte memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length)
    {
        int groups = Groups(targets.Length, RowsInGroup);
        Vector256<byte> halfByte = Vector256.Create((byte)0x0F);
        for (int at = 0; at < length; at += Vector256<byte>.Count)
        {
            // The table holds 32 bytes a product, in the order in which they are used here.
            ref byte factor = ref Unsafe.AsRef(in table[0]);
            for (int group = 0; group < groups; group++)
            {
                int first = group * RowsInGroup;
                int rows = targets.Length - first;
                Vector256<byte> sum0 = Vector256<byte>.Zero;
                Vector256<byte> sum1 = Vector256<byte>.Zero;
                Vector256<byte> sum2 = Vector256<byte>.Zero;
                Vector256<byte> sum3 = Vector256<byte>.Zero;
                foreach (int source in sources)
                {
                    Vector256<byte> data = Vector256.LoadUnsafe(ref memory, (nuint)(source + at));
                    Vector256<byte> low = data & halfByte;
                    Vector256<byte> high = Vector256.ShiftRightLogical(data.AsUInt16(), 4).AsByte() & halfByte;
                    sum0 ^= Avx2.Shuffle(Twice(ref factor, 0), low) ^ Avx2.Shuffle(Twice(ref factor, 16), high);
                    sum1 ^= Avx2.Shuffle(Twice(ref factor, 32), low) ^ Avx2.Shuffle(Twice(ref factor, 48), high);
                    sum2 ^= Avx2.Shuffle(Twice(ref factor, 64), low) ^ Avx2.Shuffle(Twice(ref factor, 80), high);
                    sum3 ^= Avx2.Shuffle(Twice(ref factor, 96), low) ^ Avx2.Shuffle(Twice(ref factor, 112), high);
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

    // One table of 16 products serves both halves of the vector.
    private static Vector256<byte> Twice(ref byte table, int at)
    {
        Vector128<byte> half = Vector128.LoadUnsafe(ref table, (nuint)at);
        return Vector256.Create(half, half);
    }

    private static void Add(ref byte memory, int at, Vector256<byte> sum) =>
        (Vector256.LoadUnsafe(ref memory, (nuint)at) ^ sum).StoreUnsafe(ref memory, (nuint)at);
}
