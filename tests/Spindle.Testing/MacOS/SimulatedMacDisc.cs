// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Drives.Mmc;

namespace Spindle.Testing.MacOS;

/// <summary>A disc as the drivers of macOS show it: what is read of it, and what they answer.</summary>
/// <param name="mediaClass">The class of its object: <c>IOCDMedia</c>, <c>IODVDMedia</c>, <c>IOBDMedia</c>.</param>
/// <param name="type">Its kind, such as <c>DVD-R</c>.</param>
/// <param name="content">Its data, 2048 bytes a sector.</param>
public sealed class SimulatedMacDisc(string mediaClass, string type, byte[] content)
{
    private const int DataSector = 2048;

    public string MediaClass => mediaClass;

    public string Type => type;

    public byte[] Content => content;

    public int Sectors => content.Length / DataSector;

    /// <summary>Blocks that it says it has; null for as many as there are.</summary>
    public ulong? Claimed { get; set; }

    public bool IsCd => mediaClass == "IOCDMedia";

    /// <summary>Bytes of a block of the whole disc's node.</summary>
    public int BlockSize => IsCd ? 2352 : DataSector;

    /// <summary>Sectors that can't be read.</summary>
    public HashSet<long> Bad { get; } = [];

    /// <summary>Where sound begins that follows the data: sectors that are no data for the drive.</summary>
    public long SoundFrom { get; set; } = long.MaxValue;

    /// <summary>Answers by format: of READ TOC of a CD; else of READ DISC STRUCTURE.</summary>
    public Dictionary<int, byte[]> Answers { get; } = [];

    /// <summary>The answer of READ DISC INFORMATION; empty where the drive gives none.</summary>
    public byte[] DiscInformation { get; set; } = [];

    /// <summary>Answers of READ TRACK INFORMATION by track.</summary>
    public Dictionary<uint, byte[]> Tracks { get; } = [];

    public bool IsFormatted { get; set; } = true;

    /// <summary>Where it is mounted, by the BSD name of the part: <c>s0</c> for the first of a CD, nothing for the disc itself.</summary>
    public Dictionary<string, (string Point, string FileSystem)> Mounts { get; } = [];

    /// <summary>Bytes of a CD's sector as they lie on the disc, in mode 1; sound is its data without anything around it.</summary>
    public byte[] Raw(long sector)
    {
        byte[] raw = new byte[2352];
        ReadOnlySpan<byte> data = content.AsSpan((int)sector * DataSector, DataSector);
        if (sector >= SoundFrom)
        {
            data.CopyTo(raw);
            return raw;
        }

        raw.AsSpan(1, 10).Fill(0xFF);
        raw[15] = 1;
        data.CopyTo(raw.AsSpan(16));
        BinaryPrimitives.WriteUInt32BigEndian(raw.AsSpan(2064), (uint)sector); // where EDC would be: something to know it by
        return raw;
    }

    /// <summary>The eight sub-channels of a CD's sector, of which Q says where it is (ECMA-130, clause 22).</summary>
    public byte[] SubChannels(long sector)
    {
        byte[] q = new byte[12];
        (q[0], q[1], q[2]) = sector >= SoundFrom ? ((byte)0x01, (byte)2, (byte)1) : ((byte)0x41, (byte)1, (byte)1);
        long frames = sector + 150;
        (q[7], q[8], q[9]) = (Bcd(frames / 4500), Bcd(frames / 75 % 60), Bcd(frames % 75));
        BinaryPrimitives.WriteUInt16BigEndian(q.AsSpan(10), Crc16.Of(q.AsSpan(0, 10)));
        return [.. Enumerable.Range(0, 96).Select(i => (byte)((q[i / 8] >> (7 - (i % 8)) & 1) << 6))];

        static byte Bcd(long value) => (byte)(((value / 10) << 4) | (value % 10));
    }

    /// <summary>A CD of one session with data, and sound behind it where that is said, with its lead-in.</summary>
    /// <param name="content">All sectors.</param>
    /// <param name="type">Its kind.</param>
    /// <param name="soundFrom">Where the table of contents has the track of sound.</param>
    /// <param name="pause">Sectors in front of that which are the track's already.</param>
    public static SimulatedMacDisc Cd(byte[] content, string type = "CD-ROM", long soundFrom = long.MaxValue, int pause = 0)
    {
        SimulatedMacDisc disc = new("IOCDMedia", type, content) { SoundFrom = soundFrom - pause };
        int tracks = soundFrom < disc.Sectors ? 2 : 1;
        List<byte[]> entries = [Entry(0x14, 0xA0, 0, 1), Entry(0x14, 0xA1, 0, tracks), Entry(0x14, 0xA2, disc.Sectors + 150, 0), Entry(0x14, 1, 150, 0)];
        if (tracks == 2)
        {
            entries.Add(Entry(0x10, 2, (int)soundFrom + 150, 0));
        }

        byte[] toc = [0, (byte)(2 + (entries.Count * 11)), 1, 1, .. entries.SelectMany(entry => entry)];
        disc.Answers[2] = toc;
        disc.DiscInformation = Information(tracks);
        disc.Tracks[1] = Track(1, 0x04, 0, (int)Math.Min(soundFrom, disc.Sectors));
        if (tracks == 2)
        {
            disc.Tracks[2] = Track(2, 0x00, (int)soundFrom, disc.Sectors - (int)soundFrom);
        }

        return disc;

        static byte[] Entry(byte control, byte point, int frames, int number) => number > 0
            ? [1, control, 0, point, 0, 0, 0, 0, (byte)number, 0, 0]
            : [1, control, 0, point, 0, 0, 0, 0, (byte)(frames / 4500), (byte)(frames / 75 % 60), (byte)(frames % 75)];
    }

    /// <summary>A DVD of one layer, not encrypted.</summary>
    public static SimulatedMacDisc Dvd(byte[] content, string type = "DVD-ROM")
    {
        SimulatedMacDisc disc = new("IODVDMedia", type, content);
        byte[] format = new byte[4 + 2048];
        BinaryPrimitives.WriteUInt16BigEndian(format, 2 + 2048);
        format[4] = 0x01; // DVD-ROM, version 1
        format[6] = 0x01; // one layer, embossed
        BinaryPrimitives.WriteUInt32BigEndian(format.AsSpan(8), 0x030000);
        BinaryPrimitives.WriteUInt32BigEndian(format.AsSpan(12), (uint)(0x030000 + disc.Sectors - 1));
        disc.Answers[0] = format;
        disc.Answers[1] = [0, 6, 0, 0, 0, 0, 0, 0];
        disc.DiscInformation = Information(1);
        disc.Tracks[1] = Track(1, 0x04, 0, disc.Sectors);
        return disc;
    }

    /// <summary>A BD-R.</summary>
    public static SimulatedMacDisc Bd(byte[] content, string type = "BD-R")
    {
        SimulatedMacDisc disc = new("IOBDMedia", type, content);
        byte[] information = new byte[4 + 112];
        BinaryPrimitives.WriteUInt16BigEndian(information, 2 + 112);
        "DI"u8.CopyTo(information.AsSpan(4));
        "BDR"u8.CopyTo(information.AsSpan(12));
        information[16] = 0x10;
        disc.Answers[0] = information;
        disc.DiscInformation = Information(1);
        disc.Tracks[1] = Track(1, 0x04, 0, disc.Sectors);
        return disc;
    }

    private static byte[] Information(int tracks)
    {
        byte[] information = new byte[34];
        information[1] = 32;
        information[2] = 0x0E; // finalised, the last session complete
        (information[3], information[4], information[5], information[6]) = (1, 1, 1, (byte)tracks);
        return information;
    }

    private static byte[] Track(byte number, byte control, int start, int sectors)
    {
        byte[] track = new byte[36];
        track[1] = 34;
        (track[2], track[3], track[5], track[6]) = (number, 1, control, 1);
        BinaryPrimitives.WriteInt32BigEndian(track.AsSpan(8), start);
        BinaryPrimitives.WriteInt32BigEndian(track.AsSpan(24), sectors);
        return track;
    }
}
