// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Parity.Checksums;

/// <summary>The CRC-32 of the parity formats: reflected polynomial EDB88320h, start FFFFFFFFh, no final inversion (CRC-32/JAMCRC).</summary>
public static class Crc32
{
    /// <summary>The register before the first byte.</summary>
    public const uint Start = 0xFFFF_FFFF;

    private const uint Polynomial = 0xEDB8_8320;
    private const int Slices = 8;

    private static readonly uint[] Tables = MakeTables();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Continue(Start, bytes);

    /// <summary>Takes up a checksum where it ended.</summary>
    /// <param name="crc">The register so far: <see cref="Start"/>, or what an earlier call returned.</param>
    /// <param name="bytes">The bytes that follow.</param>
    /// <returns>The register behind them. Inverted, it is the CRC-32 of ISO 3309, zip and gzip.</returns>
    public static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (Crc32Folding.IsSupported && bytes.Length >= Crc32Folding.MinimumLength)
        {
            int folded = bytes.Length & ~(Crc32Folding.Granularity - 1);
            crc = Crc32Folding.Continue(crc, bytes[..folded]);
            bytes = bytes[folded..];
        }

        return ContinueByTables(crc, bytes);
    }

    /// <summary>The same with tables only: eight bytes at a time, one table for each.</summary>
    internal static uint ContinueByTables(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> tables = Tables;
        while (bytes.Length >= Slices)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = tables[(int)(0x700 + (low & 0xFF))] ^ tables[(int)(0x600 + ((low >> 8) & 0xFF))]
                ^ tables[(int)(0x500 + ((low >> 16) & 0xFF))] ^ tables[(int)(0x400 + (low >> 24))]
                ^ tables[(int)(0x300 + (high & 0xFF))] ^ tables[(int)(0x200 + ((high >> 8) & 0xFF))]
                ^ tables[(int)(0x100 + ((high >> 16) & 0xFF))] ^ tables[(int)(high >> 24)];
            bytes = bytes[Slices..];
        }

        foreach (byte value in bytes)
        {
            crc = tables[(int)((crc ^ value) & 0xFF)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeTables()
    {
        uint[] tables = new uint[Slices * 256];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            tables[value] = crc;
        }

        for (int index = 256; index < tables.Length; index++)
        {
            uint before = tables[index - 256];
            tables[index] = tables[(int)(before & 0xFF)] ^ (before >> 8);
        }

        return tables;
    }
}
