// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Service.Documents;

namespace Spindle.Service.Running;

/// <summary>What Linux tells of a process without its help (proc(5)).</summary>
internal static class LinuxProcess
{
    private const int State = 0, StartTime = 19; // fields 3 and 22 of /proc/PID/stat, counted behind the name

    private static readonly Lazy<string> Boot = new(() => Text("/proc/sys/kernel/random/boot_id")?.Trim() ?? "");

    /// <summary>When it started: in ticks since the system did, and when that was. Null where there is no such process, or it has ended.</summary>
    public static string? Started(int id) => Fields($"/proc/{id}/stat") is { } fields && fields[State] is not ("Z" or "X") ? $"{Boot.Value}/{fields[StartTime]}" : null;

    /// <summary>What its threads do: one that is stuck in a device outweighs those that wait for it.</summary>
    public static JobActivity? Activity(int id)
    {
        HashSet<string> states = [];
        try
        {
            foreach (string thread in Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task")))
            {
                if (Fields($"{thread}/stat") is { } fields)
                {
                    states.Add(fields[State]);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has just ended
        }

        return states.Contains("D") ? JobActivity.WaitingForDevice
            : states.Contains("R") ? JobActivity.Working
            : states.Contains("T") || states.Contains("t") ? JobActivity.Halted
            : states.Count > 0 ? JobActivity.Waiting
            : null;
    }

    /// <summary>Bytes that it has read so far, by calls of the system; null where that is not told.</summary>
    public static long? BytesRead(int id)
    {
        const string Key = "rchar: ";
        string? line = Text(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/io"))?.Split('\n').FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan(Key.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
    }

    /// <summary>The fields behind the name, which may hold blanks and brackets itself.</summary>
    private static string[]? Fields(string path)
    {
        string? text = Text(path);
        int end = text?.LastIndexOf(") ", StringComparison.Ordinal) ?? -1;
        return end < 0 || text![(end + 2)..].Split(' ') is not { Length: > StartTime } fields ? null : fields;
    }

    private static string? Text(string path)
    {
        try
        {
            // What /proc says has no length beforehand.
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using StreamReader reader = new(file, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
