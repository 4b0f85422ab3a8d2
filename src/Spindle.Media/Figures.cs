// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Media;

/// <summary>How records and reports write numbers: the same everywhere, whatever the user's language.</summary>
public static class Figures
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>Bytes in decimal units, as disc makers count: <c>4.70 GB</c>.</summary>
    public static string Size(long bytes)
    {
        double value = bytes;
        int unit = 0;
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
        {
            value /= 1000;
        }

        return unit == 0 ? $"{bytes} byte{(bytes == 1 ? "" : "s")}" : string.Create(CultureInfo.InvariantCulture, $"{value:F2} {Units[unit]}");
    }

    /// <summary>A number and what is counted: <c>1 file</c>, <c>12,345 files</c>.</summary>
    public static string Count(long number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many)}");

    /// <summary>Hours, minutes and seconds: <c>0:01:23</c>.</summary>
    public static string Duration(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours}:{duration.Minutes:D2}:{duration.Seconds:D2}");

    /// <summary>Megabytes (10⁶ bytes) a second; 0 where no time has passed.</summary>
    public static double MegabytesPerSecond(long bytes, TimeSpan duration) =>
        duration > TimeSpan.Zero ? Math.Round(bytes / duration.TotalSeconds / 1e6, 2) : 0;

    /// <summary>A moment with its zone (RFC 3339): <c>2026-11-22T09:42:47+01:00</c>.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
