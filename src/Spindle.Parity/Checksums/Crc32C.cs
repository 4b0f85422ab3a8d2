// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spindle.Parity.Checksums;

/// <summary>CRC-32C (Castagnoli, as in RFC 3720), with the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    private const int AtOnce = 4;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        int at = 0;
        for (; at <= bytes.Length - sizeof(ulong); at += sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));
        }

        for (; at < bytes.Length; at++)
        {
            crc = BitOperations.Crc32C(crc, bytes[at]);
        }

        return ~crc;
    }

    /// <summary>The checksums of pieces that follow one another, four at a time: the instruction takes three times as long as it keeps the processor.</summary>
    /// <param name="bytes">The pieces; the last one may be shorter.</param>
    /// <param name="pieceLength">Bytes of a piece, a multiple of 8.</param>
    /// <param name="sums">One for each piece.</param>
    public static void OfPieces(ReadOnlySpan<byte> bytes, int pieceLength, Span<uint> sums)
    {
        int piece = 0;
        for (; (piece + AtOnce) * pieceLength <= bytes.Length; piece += AtOnce)
        {
            OfFour(bytes.Slice(piece * pieceLength, AtOnce * pieceLength), pieceLength, sums[piece..]);
        }

        for (; piece < sums.Length; piece++)
        {
            sums[piece] = Of(bytes[(piece * pieceLength)..Math.Min((piece + 1) * pieceLength, bytes.Length)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OfFour(ReadOnlySpan<byte> bytes, int pieceLength, Span<uint> sums)
    {
        ReadOnlySpan<byte> second = bytes[pieceLength..], third = bytes[(2 * pieceLength)..], fourth = bytes[(3 * pieceLength)..];
        (uint one, uint two, uint three, uint four) = (uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue);
        for (int at = 0; at < pieceLength; at += sizeof(ulong))
        {
            one = BitOperations.Crc32C(one, BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));
            two = BitOperations.Crc32C(two, BinaryPrimitives.ReadUInt64LittleEndian(second[at..]));
            three = BitOperations.Crc32C(three, BinaryPrimitives.ReadUInt64LittleEndian(third[at..]));
            four = BitOperations.Crc32C(four, BinaryPrimitives.ReadUInt64LittleEndian(fourth[at..]));
        }

        (sums[0], sums[1], sums[2], sums[3]) = (~one, ~two, ~three, ~four);
    }
}
