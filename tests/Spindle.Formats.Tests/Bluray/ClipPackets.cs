// SPDX-License-Identifier: MIT
using Spindle.Formats.Tests.DvdVideo;

namespace Spindle.Formats.Tests.Bluray;

/// <summary>Packets of a clip, laid out by hand from ISO/IEC 13818-1 §2.4.3: one picture or piece of sound each.</summary>
internal static class ClipPackets
{
    public const int Pictures = 0x1011, Sound = 0x1100, Menu = 0x1400, Filling = 0x1FFF;

    /// <summary>A packet with its arrival time in front, in which something begins, or goes on where it has no time.</summary>
    public static byte[] Of(int pid, int counter, long? time = null, long? decoded = null, long? clock = null)
    {
        byte[] header = time is not { } played ? []
            : [0, 0, 1, (byte)(pid == Pictures ? 0xE0 : 0xBD), 0, 0, 0x81, (byte)(decoded is null ? 0x80 : 0xC0), (byte)(decoded is null ? 5 : 10), .. FilmPacks.Time(decoded is null ? 2 : 3, played), .. decoded is { } when ? FilmPacks.Time(1, when) : []];
        byte[] adaptation = clock is not { } base33 ? [] : [7, 0x10, (byte)(base33 >> 25 & 255), (byte)(base33 >> 17 & 255), (byte)(base33 >> 9 & 255), (byte)(base33 >> 1 & 255), (byte)((base33 & 1) << 7 | 0x7E), 0];
        byte[] packet = new byte[192];
        packet.AsSpan(4).Fill(0xAA);
        byte[] head = [0, 0, 0, 0, 0x47, (byte)((header.Length > 0 ? 0x40 : 0) | pid >> 8), (byte)(pid & 0xFF), (byte)((adaptation.Length > 0 ? 0x30 : 0x10) | (counter & 15)), .. adaptation, .. header];
        head.CopyTo(packet, 0);
        return packet;
    }

    /// <summary>What a packet of 188 bytes is: its stream, its number, when what begins in it is played, and its clock.</summary>
    public static (int Pid, int Counter, long? Time, long? Clock) Read(ReadOnlySpan<byte> packet)
    {
        int at = (packet[3] & 0x20) != 0 ? 5 + packet[4] : 4;
        return (((packet[1] & 0x1F) << 8) | packet[2], packet[3] & 15, (packet[1] & 0x40) != 0 && (packet[at + 7] & 0x80) != 0 ? TimeOf(packet[(at + 9)..]) : null,
            at > 4 ? ((long)packet[6] << 25) | ((long)packet[7] << 17) | ((long)packet[8] << 9) | ((long)packet[9] << 1) | (long)(packet[10] >> 7) : null);
    }

    private static long TimeOf(ReadOnlySpan<byte> bytes) => ((long)(bytes[0] >> 1 & 7) << 30) | ((long)bytes[1] << 22) | ((long)(bytes[2] >> 1) << 15) | ((long)bytes[3] << 7) | (long)(bytes[4] >> 1);
}
