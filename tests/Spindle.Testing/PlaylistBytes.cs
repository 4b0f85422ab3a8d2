// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Testing;

/// <summary>Lays tables of a Blu-ray Disc out by hand: what reads them was not tested with its own mistakes.</summary>
public sealed class PlaylistBytes
{
    private readonly List<byte> _bytes = [];

    private PlaylistBytes()
    {
    }

    /// <summary>An index (<c>index.bdmv</c>).</summary>
    public static byte[] Index(string version = "0200", int titles = 2)
    {
        PlaylistBytes file = new();
        file.Text("INDX" + version).Number(78, 4).Number(0, 4).Zeros(24);
        file.Number(34, 4).Zeros(34); // AppInfoBDMV, 40 to 77
        file.Number(2 + 24 + (12 * titles), 4).Zeros(24).Number(titles, 2).Zeros(12 * titles);
        return [.. file._bytes];
    }

    /// <summary>A playlist of pieces, each of 24 p pictures, sound and subtitles.</summary>
    /// <param name="marks">Of which piece, and when by its clip's clock.</param>
    /// <param name="pieces">Clip, begin and end by the clip's clock.</param>
    public static byte[] Playlist((int Item, uint Time)[] marks, params (int Clip, uint From, uint Until)[] pieces)
    {
        PlaylistBytes list = new();
        list.Number(0, 2).Number(pieces.Length, 2).Number(0, 2);
        foreach ((int clip, uint from, uint until) in pieces)
        {
            byte[] item = Item(clip, from, until);
            list.Number(item.Length, 2)._bytes.AddRange(item);
        }

        PlaylistBytes file = new();
        const int listAt = 58; // behind AppInfoPlayList, 40 to 57
        file.Text("MPLS0200").Number(listAt, 4).Number((uint)(listAt + 4 + list._bytes.Count), 4).Number(0, 4).Zeros(20);
        file.Number(14, 4).Zeros(1).Number(1, 1).Zeros(12);
        file.Number((uint)list._bytes.Count, 4)._bytes.AddRange(list._bytes);
        file.Number((uint)(2 + (14 * marks.Length)), 4).Number(marks.Length, 2);
        foreach ((int item, uint time) in marks)
        {
            file.Zeros(1).Number(1, 1).Number(item, 2).Number(time, 4).Number(0xFFFF, 2).Number(0, 4);
        }

        return [.. file._bytes];
    }

    /// <summary>The table of a clip (<c>nnnnn.clpi</c>) with one clock, and points from which a player can play.</summary>
    /// <param name="packets">How many packets of 192 bytes the clip has.</param>
    /// <param name="points">Each with its packet, and its time by the clip's clock.</param>
    /// <param name="sequences">The first packet of each clock; one from the first packet on where none is said.</param>
    public static byte[] Clip(long packets, (uint Packet, uint Time)[] points, params uint[] sequences)
    {
        PlaylistBytes info = new();
        info.Zeros(1).Number(1, 1).Number(0, 4).Number(Math.Max(1, sequences.Length), 1).Number(0, 1);
        foreach (uint first in sequences.DefaultIfEmpty(0u))
        {
            info.Number(0x1001, 2).Number(first, 4).Number(0, 4).Number(uint.MaxValue, 4);
        }

        // A coarse point for each fine one is what the format permits, and readers must put together.
        PlaylistBytes map = new();
        map.Zeros(1).Number(1, 1).Number(0x1011, 2).Number(((long)points.Length << 18) | (uint)points.Length | (1L << 34), 6).Number(14, 4);
        map.Number(4 + (8 * points.Length), 4);
        for (int number = 0; number < points.Length; number++)
        {
            map.Number(((long)number << 14) | (points[number].Time >> 18), 4).Number(points[number].Packet, 4);
        }

        foreach ((uint packet, uint time) in points)
        {
            map.Number(((time >> 8 & 0x7FF) << 17) | (packet & 0x1FFFF), 4);
        }

        PlaylistBytes clip = new();
        clip.Zeros(2).Number(1, 1).Number(1, 1).Zeros(4).Number(6_000_000, 4).Number(packets, 4).Zeros(128).Number(30, 2).Zeros(30);
        PlaylistBytes file = new();
        int infoAt = 40 + 4 + clip._bytes.Count;
        int programAt = infoAt + 4 + info._bytes.Count, pointsAt = programAt + 4 + 2, marksAt = pointsAt + 4 + 2 + map._bytes.Count;
        file.Text("HDMV0200").Number(infoAt, 4).Number(programAt, 4).Number(pointsAt, 4).Number(marksAt, 4).Number(0, 4).Zeros(12);
        file.Number(clip._bytes.Count, 4)._bytes.AddRange(clip._bytes);
        file.Number(info._bytes.Count, 4)._bytes.AddRange(info._bytes);
        file.Number(2, 4).Zeros(2);
        file.Number(2 + map._bytes.Count, 4).Number(1, 2)._bytes.AddRange(map._bytes);
        file.Number(0, 4);
        return [.. file._bytes];
    }

    private static byte[] Item(int clip, uint from, uint until)
    {
        PlaylistBytes item = new();
        item.Text($"{clip:D5}M2TS").Number(1, 2).Number(0, 1).Number(from, 4).Number(until, 4).Zeros(8).Zeros(4);
        PlaylistBytes streams = new();
        streams.Zeros(2).Number(1, 1).Number(2, 1).Number(1, 1).Zeros(9);
        streams.Stream(0x1011, 0x1B, 0x61, ""); // AVC, 1080p, 23.976
        streams.Stream(0x1100, 0x86, 0x61, "eng"); // DTS-HD MA, multi-channel, 48 kHz
        streams.Stream(0x1101, 0x80, 0x31, "deu"); // LPCM, stereo, 48 kHz
        streams.Stream(0x1200, 0x90, null, "fra"); // PGS
        item.Number((uint)streams._bytes.Count, 2)._bytes.AddRange(streams._bytes);
        return [.. item._bytes];
    }

    private void Stream(int pid, byte coding, byte? form, string language)
    {
        Number(9, 1).Number(1, 1).Number(pid, 2).Zeros(6);
        Number(5, 1).Number(coding, 1);
        int length = 1;
        if (form is { } known)
        {
            Number(known, 1);
            length++;
        }

        Text(language).Zeros(5 - length - language.Length);
    }

    private PlaylistBytes Text(string text)
    {
        _bytes.AddRange(Encoding.ASCII.GetBytes(text));
        return this;
    }

    private PlaylistBytes Zeros(int count)
    {
        _bytes.AddRange(new byte[count]);
        return this;
    }

    private PlaylistBytes Number(long value, int length)
    {
        byte[] all = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(all, value);
        _bytes.AddRange(all[^length..]);
        return this;
    }
}
