// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVr;

/// <summary>What a DVD of a video recorder or camera has to play (DVD Video Recording), by its own table of contents. It may lie.</summary>
public sealed record DvdVrDisc
{
    private const int LongestTable = 4 << 20;
    private const int VersionAt = 32, LabelAt = 162, LabelLength = 64, ProgramTable = 256, KeyStatus = 267; // RTR_VMGI
    private const int FormatLength = 60; // of what is said of pictures and sound, for each kind of recording
    private const int MostPrograms = 999;

    /// <summary>The version that it is after, such as <c>1.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What its recorder or its owner calls it; null where nobody said, or not in ASCII.</summary>
    public required string? Label { get; init; }

    /// <summary>Its recordings, in their order.</summary>
    public required IReadOnlyList<DvdVrProgram> Programs { get; init; }

    /// <summary>Whether all recordings are in the table that it says it has.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Whether it has a key of CPRM, as discs have with recordings that must not be copied.</summary>
    public required bool HasKey { get; init; }

    /// <summary>Whether the table was damaged, and its backup was read in its place.</summary>
    public required bool IsFromBackup { get; init; }

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no such disc.</returns>
    public static DvdVrDisc? Read(Volume volume)
    {
        VolumeEntry? folder = volume.Folder("DVD_RTAV");
        TableBytes? first = Table(volume, folder, "VR_MANGR.IFO");
        if ((first ?? Table(volume, folder, "VR_MANGR.BUP")) is not { } table)
        {
            return null;
        }

        int version = (table.Word(VersionAt) ?? 0) & 0xFF;
        (List<DvdVrProgram> programs, bool isWhole) = ProgramsOf(table);
        return new()
        {
            Version = FormattableString.Invariant($"{version >> 4}.{version & 15}"),
            Label = table.Text(LabelAt, LabelLength),
            Programs = programs,
            IsWhole = isWhole,
            HasKey = (table.Byte(KeyStatus) & 1) == 1,
            IsFromBackup = first is null,
        };
    }

    private static TableBytes? Table(Volume volume, VolumeEntry? folder, string name) =>
        volume.ReadTable(volume.FileIn(folder, name), LongestTable) is { } table && table.Says(0, "DVD_RTR_VMG0") ? table : null;

    private static (List<DvdVrProgram> Programs, bool IsWhole) ProgramsOf(TableBytes table)
    {
        List<DvdVrProgram> programs = [];
        if (table.Long(ProgramTable) is not (> 0 and { } start) || table.Byte(start + 3) is not { } formats
            || table.Word(start + 8 + (FormatLength * formats)) is not { } count)
        {
            return (programs, false);
        }

        // Behind the formats: how many there are, and where each is described, from the table's begin.
        long list = start + 8 + (FormatLength * formats) + 2;
        for (int number = 0; number < Math.Min(count, MostPrograms); number++)
        {
            if (table.Long(list + (4 * number)) is not { } offset || ProgramAt(table, start + offset) is not { } program)
            {
                return (programs, false);
            }

            programs.Add(program);
        }

        return (programs, programs.Count == count);
    }

    private static DvdVrProgram? ProgramAt(TableBytes table, long at)
    {
        const int clock = 90_000;
        if (table.Long(at + 9) is not { } from || table.Long(at + 15) is not { } until || table.Byte(at + 20) is null)
        {
            return null;
        }

        return new(RecordedAt(table, at + 2), until > from ? TimeSpan.FromTicks((until - from) * TimeSpan.TicksPerSecond / clock) : null);
    }

    /// <summary>A time of recording: year (14 bits), month (4), day (5), hour (5), minute (6), second (6), by the recorder's clock.</summary>
    private static DateTime? RecordedAt(TableBytes table, long at)
    {
        long bits = ((table.Long(at) ?? 0) << 8) | (uint)(table.Byte(at + 4) ?? 0);
        (int year, int month, int day) = ((int)(bits >> 26), (int)(bits >> 22 & 15), (int)(bits >> 17 & 31));
        (int hour, int minute, int second) = ((int)(bits >> 12 & 31), (int)(bits >> 6 & 63), (int)(bits & 63));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new(year, month, day, hour, minute, second, DateTimeKind.Unspecified)
            : null;
    }
}

/// <summary>A recording.</summary>
/// <param name="RecordedAt">When, by the recorder's clock, of which nobody knows the zone; null where it does not say.</param>
/// <param name="Duration">How long it plays; null where it ends before it begins.</param>
public sealed record DvdVrProgram(DateTime? RecordedAt, TimeSpan? Duration);
