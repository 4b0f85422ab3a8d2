// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Tests.DvdVideo;

/// <summary>Packs of a film, laid out by hand from ISO/IEC 13818-1 §2.5.3 and the tables of the navigation pack.</summary>
internal static class FilmPacks
{
    public const int Size = 2048;

    /// <summary>Bits of one time in five bytes: four of a prefix, and 3, 15 and 15 of the time, each with a marker behind it.</summary>
    public static byte[] Time(int prefix, long ticks) =>
    [
        (byte)((prefix << 4) | (int)(ticks >> 30 & 7) << 1 | 1),
        (byte)(ticks >> 22 & 0xFF), (byte)((ticks >> 15 & 0x7F) << 1 | 1),
        (byte)(ticks >> 7 & 0xFF), (byte)((ticks & 0x7F) << 1 | 1),
    ];

    /// <summary>The clock in a pack's header: five bytes and the bits before its extension.</summary>
    public static byte[] Clock(long ticks) =>
    [
        (byte)(0x44 | (int)(ticks >> 30 & 7) << 3 | (int)(ticks >> 28 & 3)),
        (byte)(ticks >> 20 & 0xFF), (byte)((int)(ticks >> 15 & 0x1F) << 3 | 4 | (int)(ticks >> 13 & 3)),
        (byte)(ticks >> 5 & 0xFF), (byte)((int)(ticks & 0x1F) << 3 | 4), 1,
    ];

    /// <summary>A pack with one packet that has a time of presentation.</summary>
    public static byte[] Packet(byte stream, long clock, long time, byte substream = 0, int scrambling = 0)
    {
        byte[] pack = new byte[Size];
        byte[] head = [0, 0, 1, 0xBA, .. Clock(clock), 1, 0x89, 0xC3, 0xF8, 0, 0, 1, stream, 0x07, 0xEC, (byte)(0x81 | scrambling << 4), 0x80, 5, .. Time(2, time), substream];
        head.CopyTo(pack, 0);
        return pack;
    }

    /// <summary>A navigation pack.</summary>
    public static byte[] Navigation(long clock, uint begin, uint end, uint lastSector, int vob, int cell)
    {
        byte[] pack = new byte[Size];
        byte[] head = [0, 0, 1, 0xBA, .. Clock(clock), 1, 0x89, 0xC3, 0xF8, 0, 0, 1, 0xBB, 0, 18];
        head.CopyTo(pack, 0);
        ((ReadOnlySpan<byte>)[0, 0, 1, 0xBF, 0x03, 0xD4, 0]).CopyTo(pack.AsSpan(0x26));
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(0x39), begin); // vobu_s_ptm
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(0x3D), end); // vobu_e_ptm
        ((ReadOnlySpan<byte>)[0, 0, 1, 0xBF, 0x03, 0xFA, 1]).CopyTo(pack.AsSpan(0x400));
        BinaryPrimitives.WriteUInt32BigEndian(pack.AsSpan(0x40F), lastSector); // vobu_ea
        BinaryPrimitives.WriteUInt16BigEndian(pack.AsSpan(0x41F), (ushort)vob); // vobu_vob_idn
        pack[0x422] = (byte)cell; // vobu_c_idn
        return pack;
    }

    /// <summary>The time of presentation of a pack that <see cref="Packet"/> made.</summary>
    public static long TimeOf(ReadOnlySpan<byte> pack) => ((long)(pack[23] >> 1 & 7) << 30) | ((long)pack[24] << 22) | ((long)(pack[25] >> 1) << 15) | ((long)pack[26] << 7) | (long)(pack[27] >> 1);

    /// <summary>The clock of a pack.</summary>
    public static long ClockOf(ReadOnlySpan<byte> pack) => ((long)(pack[4] >> 3 & 7) << 30) | ((long)(pack[4] & 3) << 28) | ((long)pack[5] << 20) | ((long)(pack[6] >> 3) << 15)
        | ((long)(pack[6] & 3) << 13) | ((long)pack[7] << 5) | (long)(pack[8] >> 3);
}
