// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660.Fields;

/// <summary>The two ways in which ISO 9660 writes dates; both return null for what is no date.</summary>
internal static class IsoDate
{
    /// <summary>Bytes of numbers (ECMA-119 §9.1.5): years since 1900, month, day, hour, minute, second and, if a seventh, the zone.</summary>
    public static DateTimeOffset? Short(ReadOnlySpan<byte> field) =>
        DiscTime.At(1900 + field[0], field[1], field[2], (field[3] * 3600) + (field[4] * 60) + field[5], field.Length > 6 ? Zone(field[6]) : 0);

    /// <summary>Sixteen digits and the zone (ECMA-119 §8.4.26.1); all zeros say that there is no date.</summary>
    public static DateTimeOffset? Long(ReadOnlySpan<byte> field)
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

    // Quarters of an hour east of Greenwich, signed.
    private static int Zone(byte field) => unchecked((sbyte)field) * 15;
}
