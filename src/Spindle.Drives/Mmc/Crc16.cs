// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>The checksum of the Q sub-channel and of CD-TEXT packs (ECMA-130, clause 22): CRC-16, polynomial 1021h, stored inverted.</summary>
internal static class Crc16
{
    /// <summary>The checksum as it is stored.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
            }
        }

        return (ushort)(~crc & 0xFFFF);
    }
}
