// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spindle.Parity.Checksums;

/// <summary><see cref="Crc32"/> by carry-less multiplication: 64 bytes a step are folded into the next 64.</summary>
/// <remarks>
/// The method and the constants are those of V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
/// Instruction" (Intel, 2009): each constant is x^n mod P, bit-reflected, for the n by which a fold moves the bits.
/// </remarks>
internal static class Crc32Folding
{
    /// <summary>Fewest bytes that can be folded.</summary>
    public const int MinimumLength = 64;

    /// <summary>Only multiples of this many bytes can be folded.</summary>
    public const int Granularity = 16;

    // x^(512+64) and x^512, x^(128+64) and x^128, x^64; then P itself and floor(x^64 / P).
    private static readonly Vector128<ulong> By512 = Vector128.Create(0x1_5444_2bd4UL, 0x1_c6e4_1596UL);
    private static readonly Vector128<ulong> By128 = Vector128.Create(0x1_7519_97d0UL, 0x0_ccaa_009eUL);
    private static readonly Vector128<ulong> By64 = Vector128.Create(0x1_63cd_6124UL, 0UL);
    private static readonly Vector128<ulong> Barrett = Vector128.Create(0x1_db71_0641UL, 0x1_f701_1641UL);

    /// <summary>Whether this processor has the instruction.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported && Sse2.IsSupported;

    /// <summary>Takes up a checksum where it ended.</summary>
    /// <param name="crc">The register so far.</param>
    /// <param name="bytes">At least <see cref="MinimumLength"/>, and a multiple of <see cref="Granularity"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, MinimumLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length % Granularity, 0);

        // Positions below stay within the span, which the two checks above and the loops' conditions guarantee.
        ref byte start = ref Unsafe.AsRef(in bytes[0]);
        Vector128<ulong> first = Load(ref start, 0) ^ Vector128.CreateScalar(crc).AsUInt64();
        Vector128<ulong> second = Load(ref start, 16);
        Vector128<ulong> third = Load(ref start, 32);
        Vector128<ulong> fourth = Load(ref start, 48);
        int at = 64;
        for (; at + 64 <= bytes.Length; at += 64)
        {
            first = Fold(first, By512) ^ Load(ref start, at);
            second = Fold(second, By512) ^ Load(ref start, at + 16);
            third = Fold(third, By512) ^ Load(ref start, at + 32);
            fourth = Fold(fourth, By512) ^ Load(ref start, at + 48);
        }

        Vector128<ulong> sum = Fold(Fold(Fold(first, By128) ^ second, By128) ^ third, By128) ^ fourth;
        for (; at < bytes.Length; at += Granularity)
        {
            sum = Fold(sum, By128) ^ Load(ref start, at);
        }

        return Reduce(sum);
    }

    private static Vector128<ulong> Load(ref byte start, int at) => Vector128.LoadUnsafe(ref start, (nuint)at).AsUInt64();

    private static Vector128<ulong> Fold(Vector128<ulong> sum, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(sum, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(sum, by, 0x11);

    // 128 bits to 64, to 32 by Barrett's reduction.
    private static uint Reduce(Vector128<ulong> sum)
    {
        Vector128<ulong> low32 = Vector128.Create(0xFFFF_FFFFUL, 0UL);
        sum = Sse2.ShiftRightLogical128BitLane(sum, 8) ^ Pclmulqdq.CarrylessMultiply(sum, By128, 0x10);
        sum = Sse2.ShiftRightLogical128BitLane(sum, 4) ^ Pclmulqdq.CarrylessMultiply(sum & low32, By64, 0x00);
        Vector128<ulong> quotient = Pclmulqdq.CarrylessMultiply(sum & low32, Barrett, 0x10) & low32;
        return (Pclmulqdq.CarrylessMultiply(quotient, Barrett, 0x00) ^ sum).AsUInt32()[1];
    }
}
