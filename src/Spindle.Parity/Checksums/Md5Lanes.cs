// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spindle.Parity.Checksums;

/// <summary>Eight MD5s at a time, one in each lane of a vector: a single one waits for itself at each of its 64 steps.</summary>
internal static class Md5Lanes
{
    /// <summary>Hashes at a time.</summary>
    public const int Count = 8;

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Takes blocks of all lanes.</summary>
    /// <param name="states">Four words of state, each of all lanes.</param>
    /// <param name="memory">Holds the bytes of all lanes.</param>
    /// <param name="starts">Where those of each lane begin; the caller checked that they lie in the memory.</param>
    /// <param name="length">Bytes of each lane, a multiple of a block.</param>
    /// <param name="sines">The format's 64 constants.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(Span<uint> states, ReadOnlySpan<byte> memory, ReadOnlySpan<int> starts, int length, ReadOnlySpan<uint> sines)
    {
        Vector256<uint> a = Vector256.Create<uint>(states);
        Vector256<uint> b = Vector256.Create<uint>(states[Count..]);
        Vector256<uint> c = Vector256.Create<uint>(states[(2 * Count)..]);
        Vector256<uint> d = Vector256.Create<uint>(states[(3 * Count)..]);
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[16];
        ref byte first = ref Unsafe.AsRef(in memory[0]);
        for (int at = 0; at < length; at += Md5.BlockLength)
        {
            Load(ref first, starts, at, words);
            Load(ref first, starts, at + 32, words[8..]);
            (Vector256<uint> a0, Vector256<uint> b0, Vector256<uint> c0, Vector256<uint> d0) = (a, b, c, d);
            for (int step = 0; step < 16; step += 4)
            {
                a = Step(a, b, d ^ (b & (c ^ d)), words[step] + Vector256.Create(sines[step]), 7);
                d = Step(d, a, c ^ (a & (b ^ c)), words[step + 1] + Vector256.Create(sines[step + 1]), 12);
                c = Step(c, d, b ^ (d & (a ^ b)), words[step + 2] + Vector256.Create(sines[step + 2]), 17);
                b = Step(b, c, a ^ (c & (d ^ a)), words[step + 3] + Vector256.Create(sines[step + 3]), 22);
            }

            for (int step = 16; step < 32; step += 4)
            {
                a = Step(a, b, c ^ (d & (b ^ c)), words[((5 * step) + 1) & 15] + Vector256.Create(sines[step]), 5);
                d = Step(d, a, b ^ (c & (a ^ b)), words[((5 * step) + 6) & 15] + Vector256.Create(sines[step + 1]), 9);
                c = Step(c, d, a ^ (b & (d ^ a)), words[((5 * step) + 11) & 15] + Vector256.Create(sines[step + 2]), 14);
                b = Step(b, c, d ^ (a & (c ^ d)), words[((5 * step) + 16) & 15] + Vector256.Create(sines[step + 3]), 20);
            }

            for (int step = 32; step < 48; step += 4)
            {
                a = Step(a, b, b ^ c ^ d, words[((3 * step) + 5) & 15] + Vector256.Create(sines[step]), 4);
                d = Step(d, a, a ^ b ^ c, words[((3 * step) + 8) & 15] + Vector256.Create(sines[step + 1]), 11);
                c = Step(c, d, d ^ a ^ b, words[((3 * step) + 11) & 15] + Vector256.Create(sines[step + 2]), 16);
                b = Step(b, c, c ^ d ^ a, words[((3 * step) + 14) & 15] + Vector256.Create(sines[step + 3]), 23);
            }

            for (int step = 48; step < 64; step += 4)
            {
                a = Step(a, b, c ^ (b | ~d), words[(7 * step) & 15] + Vector256.Create(sines[step]), 6);
                d = Step(d, a, b ^ (a | ~c), words[((7 * step) + 7) & 15] + Vector256.Create(sines[step + 1]), 10);
                c = Step(c, d, a ^ (d | ~b), words[((7 * step) + 14) & 15] + Vector256.Create(sines[step + 2]), 15);
                b = Step(b, c, d ^ (c | ~a), words[((7 * step) + 21) & 15] + Vector256.Create(sines[step + 3]), 21);
            }

            (a, b, c, d) = (a + a0, b + b0, c + c0, d + d0);
        }

        a.CopyTo(states);
        b.CopyTo(states[Count..]);
        c.CopyTo(states[(2 * Count)..]);
        d.CopyTo(states[(3 * Count)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Step(Vector256<uint> turned, Vector256<uint> next, Vector256<uint> mixed, Vector256<uint> word, [ConstantExpected] int bits)
    {
        Vector256<uint> sum = turned + mixed + word;
        return next + (Vector256.ShiftLeft(sum, bits) | Vector256.ShiftRightLogical(sum, 32 - bits));
    }

    // Eight words of each lane, turned round: the first words of all lanes, the second ones, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(ref byte memory, ReadOnlySpan<int> starts, int at, Span<Vector256<uint>> words)
    {
        Vector256<uint> r0 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[0] + at)).AsUInt32();
        Vector256<uint> r1 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[1] + at)).AsUInt32();
        Vector256<uint> r2 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[2] + at)).AsUInt32();
        Vector256<uint> r3 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[3] + at)).AsUInt32();
        Vector256<uint> r4 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[4] + at)).AsUInt32();
        Vector256<uint> r5 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[5] + at)).AsUInt32();
        Vector256<uint> r6 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[6] + at)).AsUInt32();
        Vector256<uint> r7 = Vector256.LoadUnsafe(ref memory, (nuint)(starts[7] + at)).AsUInt32();
        Vector256<ulong> low01 = Avx2.UnpackLow(r0, r1).AsUInt64(), high01 = Avx2.UnpackHigh(r0, r1).AsUInt64();
        Vector256<ulong> low23 = Avx2.UnpackLow(r2, r3).AsUInt64(), high23 = Avx2.UnpackHigh(r2, r3).AsUInt64();
        Vector256<ulong> low45 = Avx2.UnpackLow(r4, r5).AsUInt64(), high45 = Avx2.UnpackHigh(r4, r5).AsUInt64();
        Vector256<ulong> low67 = Avx2.UnpackLow(r6, r7).AsUInt64(), high67 = Avx2.UnpackHigh(r6, r7).AsUInt64();
        Join(Avx2.UnpackLow(low01, low23), Avx2.UnpackLow(low45, low67), words, 0);
        Join(Avx2.UnpackHigh(low01, low23), Avx2.UnpackHigh(low45, low67), words, 1);
        Join(Avx2.UnpackLow(high01, high23), Avx2.UnpackLow(high45, high67), words, 2);
        Join(Avx2.UnpackHigh(high01, high23), Avx2.UnpackHigh(high45, high67), words, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector256<ulong> firstFour, Vector256<ulong> lastFour, Span<Vector256<uint>> words, int word)
    {
        const byte lowHalves = 0x20, highHalves = 0x31;
        words[word] = Avx2.Permute2x128(firstFour, lastFour, lowHalves).AsUInt32();
        words[word + 4] = Avx2.Permute2x128(firstFour, lastFour, highHalves).AsUInt32();
    }
}
