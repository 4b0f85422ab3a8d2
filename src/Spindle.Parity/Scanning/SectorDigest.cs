// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Spindle.Parity.Galois;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Scanning;

/// <summary>Four bytes of a sector in which the code of its block holds, too: sums of its bytes, each times a constant of its place.</summary>
/// <remarks>
/// The code is linear, and its 2048 codewords lie in the same place of each sector. So the sums of 255 sectors with the same
/// constants are codewords as well: where these four show nothing wrong, the sectors are right, but for one chance in 2^32 for a sector
/// that is wrong in many places; a sector that is wrong in one byte never escapes, and in two bytes once in 65,025 at most.
/// </remarks>
internal static class SectorDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Length = 4;

    /// <summary>Bytes that are summed beside each other at first: four vectors.</summary>
    private const int Stripe = 64;

    /// <summary>Powers of the first two constants weigh stripes, those of the others the bytes within one.</summary>
    private static readonly byte[] OfStripes = [GaloisField.Of187.Power(1), GaloisField.Of187.Power(29)];

    private static readonly byte[] OfBytes = [GaloisField.Of187.Power(7), GaloisField.Of187.Power(43), GaloisField.Of187.Power(98), GaloisField.Of187.Power(151)];

    private static readonly byte[][] Tables = [.. OfStripes.Select(TableOf)];

    /// <summary>The digest of a sector.</summary>
    /// <param name="sector">2048 bytes.</param>
    /// <param name="digest">4 bytes.</param>
    public static void Of(ReadOnlySpan<byte> sector, Span<byte> digest)
    {
        Span<byte> sums = stackalloc byte[2 * Stripe];
        for (int number = 0; number < OfStripes.Length; number++)
        {
            SumStripes(sector[..Sector.Size], Tables[number], sums.Slice(number * Stripe, Stripe));
        }

        for (int number = 0; number < Length; number++)
        {
            ReadOnlySpan<byte> times = GaloisField.Of187.ProductsOf(OfBytes[number]);
            byte sum = 0;
            foreach (byte value in sums.Slice(number / 2 * Stripe, Stripe))
            {
                sum = (byte)(times[sum] ^ value);
            }

            digest[number] = sum;
        }
    }

    // Horner's rule on 64 bytes at a time: what was summed is multiplied by looking up its half bytes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumStripes(ReadOnlySpan<byte> sector, byte[] table, Span<byte> sums)
    {
        Vector128<byte> halfByte = Vector128.Create((byte)0x0F);
        Vector128<byte> low = Vector128.Create(table.AsSpan(0, 16));
        Vector128<byte> high = Vector128.Create(table.AsSpan(16, 16));
        Vector128<byte> sum0 = Vector128<byte>.Zero;
        Vector128<byte> sum1 = Vector128<byte>.Zero;
        Vector128<byte> sum2 = Vector128<byte>.Zero;
        Vector128<byte> sum3 = Vector128<byte>.Zero;
        ref byte bytes = ref Unsafe.AsRef(in sector[0]);
        for (nuint at = 0; at < Sector.Size; at += Stripe)
        {
            sum0 = Times(sum0, low, high, halfByte) ^ Vector128.LoadUnsafe(ref bytes, at);
            sum1 = Times(sum1, low, high, halfByte) ^ Vector128.LoadUnsafe(ref bytes, at + 16);
            sum2 = Times(sum2, low, high, halfByte) ^ Vector128.LoadUnsafe(ref bytes, at + 32);
            sum3 = Times(sum3, low, high, halfByte) ^ Vector128.LoadUnsafe(ref bytes, at + 48);
        }

        sum0.CopyTo(sums);
        sum1.CopyTo(sums[16..]);
        sum2.CopyTo(sums[32..]);
        sum3.CopyTo(sums[48..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Times(Vector128<byte> sum, Vector128<byte> low, Vector128<byte> high, Vector128<byte> halfByte) =>
        Vector128.ShuffleNative(low, sum & halfByte) ^ Vector128.ShuffleNative(high, Vector128.ShiftRightLogical(sum.AsUInt16(), 4).AsByte() & halfByte);

    private static byte[] TableOf(byte constant)
    {
        ReadOnlySpan<byte> products = GaloisField.Of187.ProductsOf(constant);
        byte[] table = new byte[HalfByteProducts.Length];
        for (int half = 0; half < 16; half++)
        {
            table[half] = products[half];
            table[16 + half] = products[half << 4];
        }

        return table;
    }
}
