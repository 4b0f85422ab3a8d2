// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Mmc;

/// <summary>Minutes, seconds and frames of a CD as sector numbers (MMC-6, MSF to LBA translation).</summary>
internal static class DiscTime
{
    /// <summary>Sector 0 is two seconds in.</summary>
    private const int FirstSector = 150;

    private const int FramesPerSecond = 75;
    private const int FramesPerMinute = 60 * FramesPerSecond;

    /// <summary>From 90:00:00 on times are those before sector 0: of the lead-in.</summary>
    private const int LeadInMinute = 90;

    /// <summary>The sector of a time in binary; below 0 for what lies before the first.</summary>
    public static long ToSector(byte minute, byte second, byte frame)
    {
        long frames = (minute * FramesPerMinute) + (second * FramesPerSecond) + frame;
        return minute >= LeadInMinute ? frames - 450_150 : frames - FirstSector;
    }
}
