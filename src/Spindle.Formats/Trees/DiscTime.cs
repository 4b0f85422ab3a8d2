// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Makes points in time of the numbers that a medium gives, which need not be dates at all.</summary>
internal static class DiscTime
{
    /// <summary>Seconds from the Macintosh epoch, 1904-01-01, to that of POSIX.</summary>
    private const long MacintoshEpoch = -2_082_844_800;

    /// <summary>A point in time, or null where the numbers are none.</summary>
    /// <param name="year">1 to 9999.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to the last of the month.</param>
    /// <param name="secondOfDay">From midnight on, in the zone.</param>
    /// <param name="offsetMinutes">The zone, minutes east of Greenwich; beyond 14 hours it counts as 0.</param>
    public static DateTimeOffset? At(int year, int month, int day, int secondOfDay, int offsetMinutes)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || secondOfDay is < 0 or > 86_400
            || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        int offset = Math.Abs(offsetMinutes) > 14 * 60 ? 0 : offsetMinutes;
        long ticks = new DateTime(year, month, day).Ticks + (secondOfDay * TimeSpan.TicksPerSecond);
        long utc = ticks - (offset * TimeSpan.TicksPerMinute);
        return utc < 0 || utc > DateTime.MaxValue.Ticks || ticks > DateTime.MaxValue.Ticks
            ? null
            : new DateTimeOffset(ticks, TimeSpan.FromMinutes(offset));
    }

    /// <summary>A point in time from the Macintosh's seconds since 1904; null for 0, which says "never".</summary>
    public static DateTimeOffset? Macintosh(uint seconds) =>
        seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds + MacintoshEpoch);

    /// <summary>A point in time from nanoseconds since 1970. Every number is a time from 1677 to 2262; rounded down, as file systems do.</summary>
    public static DateTime Utc(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks((nanoseconds / TimeSpan.NanosecondsPerTick) - (nanoseconds % TimeSpan.NanosecondsPerTick < 0 ? 1 : 0));
}
