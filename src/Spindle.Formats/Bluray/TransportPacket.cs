// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Films;

namespace Spindle.Formats.Bluray;

/// <summary>A packet of a transport stream (ISO/IEC 13818-1 §2.4.3.2), and its times.</summary>
/// <remarks>Whatever lies there, nothing outside of it is looked at.</remarks>
internal readonly ref struct TransportPacket
{
    /// <summary>Bytes of it.</summary>
    public const int Length = 188;

    /// <summary>Bytes of it on a disc, where its arrival time is in front (BD-ROM, source packet).</summary>
    public const int SourceLength = 192;

    /// <summary>The PID of packets that fill.</summary>
    public const int Filling = 0x1FFF;

    private const byte Sync = 0x47;
    private const int PesHeader = 9; // up to PES_header_data_length

    private readonly Span<byte> _bytes;

    private TransportPacket(Span<byte> bytes) => _bytes = bytes;

    /// <summary>Takes a packet.</summary>
    /// <param name="bytes">Its bytes, <see cref="Length"/>.</param>
    /// <param name="packet">It.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryRead(Span<byte> bytes, out TransportPacket packet)
    {
        bool isPacket = bytes.Length == Length && bytes[0] == Sync;
        packet = isPacket ? new(bytes) : default;
        return isPacket;
    }

    /// <summary>Which stream it is of.</summary>
    public int Pid => ((_bytes[1] & 0x1F) << 8) | _bytes[2];

    /// <summary>Whether it says that it is scrambled.</summary>
    public bool IsScrambled => _bytes[3] >> 6 != 0;

    /// <summary>Whether it has anything of its stream.</summary>
    public bool HasPayload => (_bytes[3] >> 4 & 1) == 1 && PayloadAt < Length;

    /// <summary>Its number among those of its stream, 0 to 15.</summary>
    public int Counter
    {
        get => _bytes[3] & 0x0F;
        set => _bytes[3] = (byte)((_bytes[3] & 0xF0) | (value & 0x0F));
    }

    /// <summary>The clock that it gives (PCR), in ticks of 90 kHz; null where it gives none.</summary>
    public long? Clock => HasClock ? ((long)BinaryPrimitives.ReadUInt32BigEndian(_bytes[6..]) << 1) | (uint)(_bytes[10] >> 7) : null;

    /// <summary>Whether a packet of pictures, sound or subtitles begins in it, whose header is whole (PES, §2.4.3.6).</summary>
    public bool IsBegin => (_bytes[1] >> 6 & 1) == 1 && HasPayload && PayloadAt + PesHeader <= Length && _bytes[PayloadAt..].StartsWith((ReadOnlySpan<byte>)[0, 0, 1])
        && _bytes[PayloadAt + 3] is 0xBD or 0xFD or (>= 0xC0 and <= 0xEF) && (_bytes[PayloadAt + 6] & 0xC0) == 0x80;

    /// <summary>When what begins in it is played, and when it is decoded; null where it does not say.</summary>
    public (long Played, long Decoded)? Times
    {
        get
        {
            int count = TimesIn(out int at);
            return count == 0 ? null : (MpegTime.Read(_bytes.Slice(at, MpegTime.Length)), MpegTime.Read(_bytes.Slice(at + ((count - 1) * MpegTime.Length), MpegTime.Length)));
        }
    }

    /// <summary>Whether what begins in it is pictures.</summary>
    public bool IsPictures => _bytes[PayloadAt + 3] is >= 0xE0 and <= 0xEF || (_bytes[PayloadAt + 3] == 0xFD && Pid is >= 0x1011 and <= 0x101F); // VC-1

    /// <summary>Adds to all of its times.</summary>
    public void Shift(long ticks)
    {
        if (Clock is { } clock)
        {
            long shifted = MpegTime.Within(clock + ticks);
            BinaryPrimitives.WriteUInt32BigEndian(_bytes[6..], (uint)(shifted >> 1));
            _bytes[10] = (byte)((_bytes[10] & 0x7F) | (int)((shifted & 1) << 7));
        }

        for (int times = IsBegin ? TimesIn(out int at) : (at = 0); times > 0; times--, at += MpegTime.Length)
        {
            MpegTime.Shift(_bytes.Slice(at, MpegTime.Length), ticks);
        }
    }

    private bool HasAdaptation => (_bytes[3] >> 5 & 1) == 1;

    private bool HasClock => HasAdaptation && _bytes[4] >= 7 && (_bytes[5] >> 4 & 1) == 1;

    private int PayloadAt => HasAdaptation ? 5 + _bytes[4] : 4;

    /// <summary>How many times its header has, and where.</summary>
    private int TimesIn(out int at)
    {
        int header = PayloadAt;
        at = header + PesHeader;
        int count = IsBegin ? (_bytes[header + 7] >> 6) switch { 2 => 1, 3 => 2, _ => 0 } : 0;
        return count * MpegTime.Length <= (count == 0 ? 0 : _bytes[header + 8]) && at + (count * MpegTime.Length) <= Length ? count : 0;
    }
}
