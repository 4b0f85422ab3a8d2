// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Spindle.Formats.Mastering;

/// <summary>Writes points in time as the file systems do, all in UTC.</summary>
internal static class DiscTimeWriter
{
    /// <summary>Seven numbers (ECMA-119 §9.1.5): years since 1900, month, day, hour, minute, second, zone. Years 1900 to 2155; beyond, the nearest.</summary>
    public static void WriteShort(Span<byte> field, long nanoseconds)
    {
        DateTime time = At(nanoseconds);
        if (time.Year < 1900)
        {
            time = new(1900, 1, 1);
        }
        else if (time.Year > 2155)
        {
            time = new(2155, 12, 31, 23, 59, 59);
        }

        field[0] = (byte)(time.Year - 1900);
        field[1] = (byte)time.Month;
        field[2] = (byte)time.Day;
        field[3] = (byte)time.Hour;
        field[4] = (byte)time.Minute;
        field[5] = (byte)time.Second;
        field[6] = 0;
    }

    /// <summary>Sixteen digits and the zone (ECMA-119 §8.4.26.1).</summary>
    public static void WriteLong(Span<byte> field, DateTimeOffset time)
    {
        Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyyMMddHHmmssff", CultureInfo.InvariantCulture), field);
        field[16] = 0;
    }

    /// <summary>Says that there is no date.</summary>
    public static void WriteNone(Span<byte> field)
    {
        field[..16].Fill((byte)'0');
        field[16] = 0;
    }

    /// <summary>A timestamp of twelve bytes, to the microsecond (ECMA-167 1/7.3).</summary>
    public static void WriteTimestamp(Span<byte> field, long nanoseconds)
    {
        const ushort localTimeInUtc = 1 << 12;
        DateTime time = At(nanoseconds);
        int microseconds = (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt16LittleEndian(field, localTimeInUtc);
        BinaryPrimitives.WriteInt16LittleEndian(field[2..], (short)time.Year);
        field[4] = (byte)time.Month;
        field[5] = (byte)time.Day;
        field[6] = (byte)time.Hour;
        field[7] = (byte)time.Minute;
        field[8] = (byte)time.Second;
        field[9] = (byte)(microseconds / 10_000);
        field[10] = (byte)(microseconds / 100 % 100);
        field[11] = (byte)(microseconds % 100);
    }

    /// <summary>Nanoseconds since 1970 of a point in time.</summary>
    /// <exception cref="OverflowException">It lies before 1677 or after 2262.</exception>
    public static long NanosecondsOf(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    // Every long is a time from 1677 to 2262. Rounded down, as file systems do.
    private static DateTime At(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks((nanoseconds / TimeSpan.NanosecondsPerTick) - (nanoseconds % TimeSpan.NanosecondsPerTick < 0 ? 1 : 0));
}
