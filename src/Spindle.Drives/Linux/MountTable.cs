// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Spindle.Drives.Linux;

/// <summary>Reads what is mounted from the kernel's own table (proc_pid_mountinfo(5)).</summary>
[SupportedOSPlatform("linux")]
internal static partial class MountTable
{
    /// <summary>Mounts of devices by their numbers, the last mounted first: the order in which they can be unmounted.</summary>
    public static IReadOnlyList<DeviceMount> Of(IReadOnlyList<string> deviceNumbers) =>
        Parse(File.ReadLines("/proc/self/mountinfo"), deviceNumbers);

    internal static IReadOnlyList<DeviceMount> Parse(IEnumerable<string> lines, IReadOnlyList<string> deviceNumbers)
    {
        List<DeviceMount> mounts = [];
        foreach (string[] fields in lines.Select(line => line.Split(' ')))
        {
            // 36 35 98:0 /root /mount/point options [optional fields] - type source superblock-options
            int separator = Array.IndexOf(fields, "-");
            if (separator >= 6 && separator + 1 < fields.Length && deviceNumbers.Contains(fields[2]))
            {
                mounts.Insert(0, new(Unescape(fields[4]), fields[separator + 1], fields[5].Split(',').Contains("rw")));
            }
        }

        return mounts;
    }

    private static string Unescape(string text) => OctalEscape().Replace(
        text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex OctalEscape();
}
