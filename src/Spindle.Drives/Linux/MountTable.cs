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

    /// <summary>
    /// What the kernel shows of ISO 9660 otherwise than it takes it (fs/isofs/inode.c): other names, octal numbers without their zero, and
    /// no Joliet where it has taken Rock Ridge, as it will again; if told so, it would take no character set, either.
    /// </summary>
    private static readonly (string Shown, string Taken)[] OptionsOfIso9660 = [("blocksize=", "block="), ("fmode=", "mode=0"), ("dmode=", "dmode=0"), ("nojoliet", "")];

    internal static IReadOnlyList<DeviceMount> Parse(IEnumerable<string> lines, IReadOnlyList<string> deviceNumbers)
    {
        List<DeviceMount> mounts = [];
        foreach (string[] fields in lines.Select(line => line.Split(' ')))
        {
            // 36 35 98:0 /root /mount/point options [optional fields] - type source superblock-options
            int separator = Array.IndexOf(fields, "-");
            if (separator >= 6 && separator + 1 < fields.Length && deviceNumbers.Contains(fields[2]))
            {
                IEnumerable<string> options = fields[5].Split(',').Concat(separator + 3 < fields.Length ? fields[separator + 3].Split(',') : []);
                mounts.Insert(0, new(Unescape(fields[4]), fields[separator + 1], fields[5].Split(',').Contains("rw"))
                {
                    Options = Unescape(string.Join(',', options.Select(option => AsTaken(fields[separator + 1], option)).Where(option => option.Length > 0).Distinct())),
                    Root = Unescape(fields[3]),
                });
            }
        }

        return mounts;
    }

    private static string AsTaken(string fileSystem, string option)
    {
        foreach ((string shown, string taken) in fileSystem == "iso9660" ? OptionsOfIso9660 : [])
        {
            if (option.StartsWith(shown, StringComparison.Ordinal))
            {
                return taken + option[shown.Length..];
            }
        }

        return option;
    }

    private static string Unescape(string text) => OctalEscape().Replace(
        text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\([0-7]{3})")]
    private static partial Regex OctalEscape();
}
