// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660.Fields;

/// <summary>The two ways in which ISO 9660 writes dates. Read, what is no date is null; written, all are in UTC.</summary>
public static class IsoDate
{
    /// <summary>Bytes of numbers (ECMA-119 §9.1.5): years since 1900, month, day, hour, minute, second and, if a seventh, the zone.</summary>
    public static DateTimeOffset? Numbers(ReadOnlySpan<byte> field) =>
        DiscTime.At(1900 + field[0], field[1], field[2], (field[3] * 3600) + (field[4] * 60) + field[5], field.Length > 6 ? Zone(field[6]) : 0);

    /// <summary>Sixteen digits and the zone (ECMA-119 §8.4.26.1); all zeros say that there is no date.</summary>
    public static DateTimeOffset? Digits(ReadOnlySpan<byte> field)
    {
        Span<int> parts = stackalloc int[7];
        int at = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            int digits = part == 0 ? 4 : 2;
            for (int end = at + digits; at < end; at++)
            {
                if (field[at] is < (byte)'0' or > (byte)'9')
                {
                    return null;
                }

                parts[part] = (parts[part] * 10) + (field[at] - '0');
            }
        }

        DateTimeOffset? time = DiscTime.At(
            parts[0], parts[1], parts[2], (parts[3] * 3600) + (parts[4] * 60) + parts[5], field.Length > 16 ? Zone(field[16]) : 0);
        return time is { } whole && whole.UtcTicks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay ? whole.AddMilliseconds(parts[6] * 10) : time;
    }

    /// <summary>Seven numbers (ECMA-119 §9.1.5): years since 1900, month, day, hour, minute, second, zone. Years 1900 to 2155; beyond, the nearest.</summary>
    public static void WriteNumbers(Span<byte> field, long nanoseconds)
    {
        DateTime time = DiscTime.Utc(nanoseconds);
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
    public static void WriteDigits(Span<byte> field, DateTimeOffset time)
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

    // Quarters of an hour east of Greenwich, signed.
    private static int Zone(byte field) => unchecked((sbyte)field) * 15;
}
