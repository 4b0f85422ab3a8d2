// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Films;

namespace Spindle.Formats.DvdVideo;

/// <summary>A sector of a film, which is one pack of an MPEG program stream (ISO/IEC 13818-1 §2.5.3): its packets, and their times.</summary>
/// <remarks>Times are in ticks of 90 kHz, of 33 bits. Whatever lies there, nothing outside of it is looked at.</remarks>
internal readonly ref struct DvdPack
{
    private const int HeaderLength = 14;
    private const byte PrivateStream1 = 0xBD, PrivateStream2 = 0xBF, FirstSound = 0xC0, LastPictures = 0xEF;
    private const int FirstSubtitle = 0x20, LastSubtitle = 0x3F;

    private readonly Span<byte> _bytes;

    private DvdPack(Span<byte> bytes) => _bytes = bytes;

    /// <summary>Takes a sector.</summary>
    /// <returns>False where it is no pack.</returns>
    public static bool TryRead(Span<byte> sector, out DvdPack pack)
    {
        bool isPack = sector.Length == DvdCell.SectorSize && sector is [0, 0, 1, 0xBA, ..] && (sector[4] & 0xC0) == 0x40;
        pack = isPack ? new(sector) : default;
        return isPack;
    }

    /// <summary>What it says of its unit of pictures, where it is a navigation pack; null else.</summary>
    public DvdUnit? Navigation()
    {
        ReadOnlySpan<byte> pictures = default, search = default;
        for (Packet packet = First(); packet.Length > 0; packet = Next(packet))
        {
            ReadOnlySpan<byte> body = _bytes.Slice(packet.Start + 6, packet.Length - 6);
            if (packet.Id == PrivateStream2 && body.Length > 0x20)
            {
                pictures = body[0] == 0 ? body[1..] : pictures; // PCI
                search = body[0] == 1 ? body[1..] : search; // DSI
            }
        }

        return pictures.IsEmpty || search.IsEmpty ? null : new(
            BinaryPrimitives.ReadUInt32BigEndian(pictures[0x0C..]), // vobu_s_ptm
            BinaryPrimitives.ReadUInt32BigEndian(pictures[0x10..]), // vobu_e_ptm
            BinaryPrimitives.ReadUInt32BigEndian(search[8..]), // vobu_ea
            BinaryPrimitives.ReadUInt16BigEndian(search[0x18..]), // vobu_vob_idn
            search[0x1B]); // vobu_c_idn
    }

    /// <summary>The time of its header, in ticks of 90 kHz (system_clock_reference_base).</summary>
    public long Clock => MpegTime.Read(_bytes.Slice(4, 5), ClockHigh, ClockMiddle, ClockLow);

    /// <summary>When the first picture or sound that begins in it is played; null where none says so.</summary>
    public long? Begin()
    {
        for (Packet packet = First(); packet.Length > 0; packet = Next(packet))
        {
            if (HasHeader(packet) && _bytes[packet.Start + 7] >> 7 == 1 && _bytes[packet.Start + 8] >= 5 && Subtitle() is null)
            {
                return MpegTime.Read(_bytes.Slice(packet.Start + 9, MpegTime.Length));
            }
        }

        return null;
    }

    /// <summary>Adds to all of its times.</summary>
    public void Shift(long ticks)
    {
        MpegTime.Shift(_bytes.Slice(4, 5), ticks, ClockHigh, ClockMiddle, ClockLow);
        for (Packet packet = First(); packet.Length > 0; packet = Next(packet))
        {
            if (!HasHeader(packet))
            {
                continue;
            }

            int at = packet.Start + 9;
            for (int times = (_bytes[packet.Start + 7] >> 6) switch { 2 => 1, 3 => 2, _ => 0 }; times > 0 && at + 5 <= packet.Start + 9 + _bytes[packet.Start + 8]; times--, at += 5)
            {
                MpegTime.Shift(_bytes.Slice(at, MpegTime.Length), ticks);
            }
        }
    }

    /// <summary>The streams of its packets of pictures, sound and subtitles: as in <see cref="DvdSoundTrack.Stream"/>; of pictures <c>1E0</c>.</summary>
    /// <param name="streams">Takes them.</param>
    /// <returns>How many there are.</returns>
    public int Streams(Span<int> streams)
    {
        int count = 0;
        for (Packet packet = First(); packet.Length > 0 && count < streams.Length; packet = Next(packet))
        {
            if (HasHeader(packet))
            {
                int payload = packet.Start + 9 + _bytes[packet.Start + 8];
                streams[count++] = packet.Id != PrivateStream1 ? 0x100 + packet.Id : payload < packet.Start + packet.Length ? _bytes[payload] : 0;
            }
        }

        return count;
    }

    /// <summary>Which subtitles the pack is of, and when they are shown, where it begins some; null where it is of none.</summary>
    public (int Stream, long? Begin)? Subtitle()
    {
        Packet packet = First();
        if (packet.Id != PrivateStream1 || !HasHeader(packet) || packet.Start + 9 + _bytes[packet.Start + 8] >= packet.Start + packet.Length)
        {
            return null;
        }

        int stream = _bytes[packet.Start + 9 + _bytes[packet.Start + 8]];
        return stream is < FirstSubtitle or > LastSubtitle ? null
            : (stream, _bytes[packet.Start + 7] >> 7 == 1 && _bytes[packet.Start + 8] >= 5 ? MpegTime.Read(_bytes.Slice(packet.Start + 9, MpegTime.Length)) : null);
    }

    /// <summary>Whether a packet of it is scrambled, as it says itself (ISO/IEC 13818-1 §2.4.3.7, PES_scrambling_control).</summary>
    public bool IsScrambled()
    {
        for (Packet packet = First(); packet.Length > 0; packet = Next(packet))
        {
            if (packet.Length > 6 && packet.Id is PrivateStream1 or (>= FirstSound and <= LastPictures) && (_bytes[packet.Start + 6] & 0x30) != 0)
            {
                return true;
            }
        }

        return false;
    }

    // A clock's time is interrupted by marker bits (§2.5.3.3): 01 xxx 1 (15 bits) 1 (15 bits) 1.. in five bytes and three bits of the next.
    private const int ClockHigh = 35, ClockMiddle = 19, ClockLow = 3;

    /// <summary>Whether a packet is of pictures, sound or private stream 1, and whole so far that its times and its payload can be found.</summary>
    private bool HasHeader(Packet packet) =>
        packet.Id is PrivateStream1 or (>= FirstSound and <= LastPictures) && packet.Length >= 9 && (_bytes[packet.Start + 6] & 0xC0) == 0x80 && 9 + _bytes[packet.Start + 8] <= packet.Length;

    private Packet First() => At(HeaderLength + (_bytes[HeaderLength - 1] & 7));

    private Packet Next(Packet packet) => At(packet.Start + packet.Length);

    private Packet At(int start)
    {
        if (start + 6 > _bytes.Length || !_bytes[start..].StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) || _bytes[start + 3] < 0xBB)
        {
            return default;
        }

        int length = 6 + BinaryPrimitives.ReadUInt16BigEndian(_bytes[(start + 4)..]);
        return start + length > _bytes.Length ? default : new(_bytes[start + 3], start, length);
    }

    /// <param name="Id">Its stream.</param>
    /// <param name="Start">Where it begins in the pack.</param>
    /// <param name="Length">All of its bytes; 0 where there is none.</param>
    private readonly record struct Packet(byte Id, int Start, int Length);
}

/// <summary>What a navigation pack says of the unit that it begins (VOBU).</summary>
/// <param name="Begin">When its first picture is shown, in ticks of 90 kHz.</param>
/// <param name="End">When its last one has been.</param>
/// <param name="LastSector">Of the unit, from this pack on.</param>
/// <param name="Vob">The video object that it is of.</param>
/// <param name="NumberInVob">The cell of that.</param>
internal readonly record struct DvdUnit(long Begin, long End, long LastSector, int Vob, int NumberInVob);
