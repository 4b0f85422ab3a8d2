// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;

namespace Spindle.Drives.Tests.Mmc;

/// <summary>Replies laid out by hand from the standards' tables, and drives that give them.</summary>
internal static class Replies
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static readonly byte[] Inquiry =
        [.. Bytes("05 80 05 32 5B 00 00 00"), .. "HL-DT-ST"u8, .. "BD-RE  WH16NS60 "u8, .. "1.02"u8];

    /// <summary>A profile list of BD-ROM, DVD-ROM and CD-ROM, and the core feature.</summary>
    public static byte[] Configuration(Profile current) =>
    [
        .. Bytes("00 00 00 1C 00 00"), 0, (byte)current,
        .. Bytes("00 00 03 0C  00 40 00 00  00 10 01 00  00 08 00 00"),
        .. Bytes("00 01 03 04  00 00 00 02"),
    ];

    public static byte[] DiscInformation(byte state, byte sessions, byte firstOfLast, byte last) =>
        [.. Bytes("00 20"), state, 1, sessions, firstOfLast, last, 0x20, .. new byte[26]];

    public static byte[] Track(byte number, byte session, byte control, int start, int sectors, byte mode = 1, bool isBlank = false) =>
    [
        .. Bytes("00 2E"), number, session, 0, control, (byte)(mode | (isBlank ? 0x40 : 0)), 0, .. Big(start), .. new byte[12], .. Big(sectors), .. new byte[8],
    ];

    public static byte[] Toc(params (byte Number, byte Control, int Start)[] tracks) =>
    [
        .. Big((tracks.Length * 8) + 2)[2..], tracks[0].Number, tracks[^2].Number,
        .. tracks.SelectMany(track => (byte[])[0, (byte)(0x10 | track.Control), track.Number, 0, .. Big(track.Start)]),
    ];

    public static byte[] Sessions(byte last, byte track, byte control, int start) =>
        [.. Bytes("00 0A 01"), last, 0, (byte)(0x10 | control), track, 0, .. Big(start)];

    /// <summary>Lead-ins with A0h, A1h, A2h and the tracks of each session.</summary>
    public static byte[] RawToc(params (byte Session, byte Point, byte Control, int Sector)[] entries) =>
    [
        .. Big((entries.Length * 11) + 2)[2..], 1, entries[^1].Session,
        .. entries.SelectMany(entry => (byte[])[entry.Session, (byte)(0x10 | entry.Control), 0, entry.Point, 0, 0, 0, 0, .. Msf(entry.Sector)]),
    ];

    public static byte[] Capacity(int sectors) => [.. Big(sectors - 1), .. Bytes("00 00 08 00")];

    public static byte[] Big(int value) => [(byte)((value >> 24) & 0xFF), (byte)((value >> 16) & 0xFF), (byte)((value >> 8) & 0xFF), (byte)(value & 0xFF)];

    /// <summary>A drive with a disc, and what every drive answers.</summary>
    public static SimulatedDrive DriveWith(Profile profile, int sectors) => new SimulatedDrive()
        .Answer(MmcCommand.TestUnitReady())
        .Answer(MmcCommand.Inquiry(36), Inquiry)
        .Answer(MmcCommand.GetConfiguration(4096), Configuration(profile))
        .Answer(MmcCommand.ReadCapacity(), Capacity(sectors));

    /// <summary>A Q sub-channel that tells a position.</summary>
    public static byte[] Position(int track, int index, bool isData, int sector, int inTrack)
    {
        static byte Bcd(int value) => (byte)(((value / 10) << 4) | (value % 10));
        byte[] q =
        [
            isData ? (byte)0x41 : (byte)0x01, Bcd(track), Bcd(index), .. Msf(inTrack - 150).Select(value => Bcd(value)), 0, .. Msf(sector).Select(value => Bcd(value)),
        ];
        ushort sum = Crc16.Of(q);
        return [.. q, (byte)(sum >> 8), (byte)(sum & 0xFF)];
    }

    /// <summary>As READ CD returns all eight sub-channels: bit 6 of each byte is Q, and here every bit of the others is set.</summary>
    public static byte[] Interleaved(byte[] q) => [.. Enumerable.Range(0, 96).Select(i => (byte)(0xBF | ((q[i / 8] >> (7 - (i % 8)) & 1) << 6)))];

    private static byte[] Msf(int sector)
    {
        int frames = sector + 150;
        return [(byte)(frames / 4500), (byte)(frames / 75 % 60), (byte)(frames % 75)];
    }
}
