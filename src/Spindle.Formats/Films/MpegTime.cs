// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Films;

/// <summary>Times as packets of MPEG have them: ticks of 90 kHz, of 33 bits, interrupted by marker bits (ISO/IEC 13818-1 §2.4.3.7, §2.5.3.3).</summary>
internal static class MpegTime
{
    /// <summary>Ticks in a second.</summary>
    public const long TicksPerSecond = 90_000;

    /// <summary>Beyond the largest.</summary>
    public const long Wrap = 1L << 33;

    /// <summary>Bytes of a time in a packet's header.</summary>
    public const int Length = 5;

    /// <summary>How long that many ticks are.</summary>
    public static TimeSpan Span(long ticks) => TimeSpan.FromSeconds((double)ticks / TicksPerSecond);

    /// <summary>How far one time is from another, when either may have begun anew: between minus and plus 13 hours.</summary>
    public static long Between(long from, long time)
    {
        long ticks = Within(time - from);
        return ticks >= Wrap / 2 ? ticks - Wrap : ticks;
    }

    /// <summary>As a time of 33 bits.</summary>
    public static long Within(long ticks) => ((ticks % Wrap) + Wrap) % Wrap;

    /// <summary>The time of a packet's header (PTS, DTS).</summary>
    public static long Read(ReadOnlySpan<byte> bytes) => Read(bytes, 33, 17, 1);

    /// <summary>A time of which 3, 15 and 15 bits lie apart in five bytes, from those bits on.</summary>
    public static long Read(ReadOnlySpan<byte> bytes, int high, int middle, int low) =>
        ((Raw(bytes) >> high & 7) << 30) | ((Raw(bytes) >> middle & 0x7FFF) << 15) | (Raw(bytes) >> low & 0x7FFF);

    /// <summary>Adds to the time of a packet's header (PTS, DTS).</summary>
    public static void Shift(Span<byte> bytes, long ticks) => Shift(bytes, ticks, 33, 17, 1);

    /// <summary>Adds to a time of which 3, 15 and 15 bits lie apart in five bytes.</summary>
    public static void Shift(Span<byte> bytes, long ticks, int high, int middle, int low)
    {
        long raw = Raw(bytes), time = Within(Read(bytes, high, middle, low) + ticks);
        raw &= ~((7L << high) | (0x7FFFL << middle) | (0x7FFFL << low));
        raw |= ((time >> 30 & 7) << high) | ((time >> 15 & 0x7FFF) << middle) | ((time & 0x7FFF) << low);
        bytes[0] = (byte)(raw >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], (uint)(raw & uint.MaxValue));
    }

    private static long Raw(ReadOnlySpan<byte> bytes) => ((long)bytes[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
}
