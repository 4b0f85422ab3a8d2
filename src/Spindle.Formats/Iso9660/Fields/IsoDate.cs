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
        DiscTime.At(1900 + field.At(bp: 1)[0], field.At(bp: 2)[0], field.At(bp: 3)[0], (field.At(bp: 4)[0] * 3600) + (field.At(bp: 5)[0] * 60) + field.At(bp: 6)[0], field.Length > 6 ? Zone(field.At(bp: 7)[0]) : 0);

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
            parts[0], parts[1], parts[2], (parts[3] * 3600) + (parts[4] * 60) + parts[5], field.Length > 16 ? Zone(field.At(bp: 17)[0]) : 0);
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

        field.At(bp: 1)[0] = (byte)(time.Year - 1900);
        field.At(bp: 2)[0] = (byte)time.Month;
        field.At(bp: 3)[0] = (byte)time.Day;
        field.At(bp: 4)[0] = (byte)time.Hour;
        field.At(bp: 5)[0] = (byte)time.Minute;
        field.At(bp: 6)[0] = (byte)time.Second;
        field.At(bp: 7)[0] = 0;
    }

    /// <summary>Sixteen digits and the zone (ECMA-119 §8.4.26.1).</summary>
    public static void WriteDigits(Span<byte> field, DateTimeOffset time)
    {
        Encoding.ASCII.GetBytes(time.UtcDateTime.ToString("yyyyMMddHHmmssff", CultureInfo.InvariantCulture), field);
        field.At(bp: 17)[0] = 0;
    }

    /// <summary>Says that there is no date.</summary>
    public static void WriteNone(Span<byte> field)
    {
        field.At(bp: 1, length: 16).Fill((byte)'0');
        field.At(bp: 17)[0] = 0;
    }

    // Quarters of an hour east of Greenwich, signed.
    private static int Zone(byte field) => unchecked((sbyte)field) * 15;
}
