// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spindle.Parity.Galois;

/// <summary>AVX2 with GFNI: multiplying by a constant is an 8 by 8 matrix of bits, and one instruction applies it to 32 bytes.</summary>
/// <remarks>Eight rows at a time, so that each source byte is loaded once for eight products.</remarks>
internal sealed class Affine256Kernel : GaloisKernel
{
    private const int RowsInGroup = 8;

    public override string Name => "AVX2 with GFNI";

    public override bool IsSupported => Gfni.V256.IsSupported && Avx2.IsSupported;

    public override byte[] Prepare(GaloisMatrix matrix) => BitMatrix.Prepare(matrix, RowsInGroup);

    // Hot from its first call on: code that is still being tiered up keeps the sums in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(ReadOnlySpan<byte> table, ref byte memory, ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int length)
    {
        int groups = Groups(targets.Length, RowsInGroup);
        for (int at = 0; at < length; at += Vector256<byte>.Count)
        {
            // The table holds whole bit matrices of 8 bytes, in the order in which they are used here.
            ref ulong factor = ref Unsafe.As<byte, ulong>(ref Unsafe.AsRef(in table[0]));
            for (int group = 0; group < groups; group++)
            {
                int first = group * RowsInGroup;
                int rows = targets.Length - first;
                Vector256<byte> sum0 = Vector256<byte>.Zero;
                Vector256<byte> sum1 = Vector256<byte>.Zero;
                Vector256<byte> sum2 = Vector256<byte>.Zero;
                Vector256<byte> sum3 = Vector256<byte>.Zero;
                Vector256<byte> sum4 = Vector256<byte>.Zero;
                Vector256<byte> sum5 = Vector256<byte>.Zero;
                Vector256<byte> sum6 = Vector256<byte>.Zero;
                Vector256<byte> sum7 = Vector256<byte>.Zero;
                foreach (int source in sources)
                {
                    Vector256<byte> data = Vector256.LoadUnsafe(ref memory, (nuint)(source + at));
                    sum0 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 0)).AsByte(), 0);
                    sum1 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 1)).AsByte(), 0);
                    sum2 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 2)).AsByte(), 0);
                    sum3 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 3)).AsByte(), 0);
                    sum4 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 4)).AsByte(), 0);
                    sum5 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 5)).AsByte(), 0);
                    sum6 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 6)).AsByte(), 0);
                    sum7 ^= Gfni.V256.GaloisFieldAffineTransform(data, Vector256.Create(Unsafe.Add(ref factor, 7)).AsByte(), 0);
                    factor = ref Unsafe.Add(ref factor, RowsInGroup);
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

                if (rows > 4)
                {
                    Add(ref memory, targets[first + 4] + at, sum4);
                }

                if (rows > 5)
                {
                    Add(ref memory, targets[first + 5] + at, sum5);
                }

                if (rows > 6)
                {
                    Add(ref memory, targets[first + 6] + at, sum6);
                }

                if (rows > 7)
                {
                    Add(ref memory, targets[first + 7] + at, sum7);
                }
            }
        }
    }

    private static void Add(ref byte memory, int at, Vector256<byte> sum) =>
        (Vector256.LoadUnsafe(ref memory, (nuint)at) ^ sum).StoreUnsafe(ref memory, (nuint)at);
}
