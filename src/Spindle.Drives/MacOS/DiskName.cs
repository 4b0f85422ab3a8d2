// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Spindle.Drives.MacOS;

/// <summary>The ways in which people name a disc or a drive of macOS.</summary>
/// <param name="Whole">The whole disc's BSD name, such as <c>disk2</c>; null where an empty drive is named.</param>
/// <param name="Part">The BSD name that was given, such as <c>disk2s1</c>, where it is that of a part of a disc; else null.</param>
/// <param name="Drive">The drive's number among all drives, from 1, where it was named by that; else 0.</param>
internal sealed partial record DiskName(string? Whole, string? Part, int Drive)
{
    /// <summary>Reads a name: <c>disk2</c>, <c>rdisk2</c>, <c>/dev/disk2</c>, <c>/dev/rdisk2</c>, any of these of a part (<c>disk2s1</c>), and <c>drive1</c>.</summary>
    /// <returns>Null where it is that of a file or folder.</returns>
    public static DiskName? Parse(string path)
    {
        if (Drives().Match(path) is { Success: true } drive)
        {
            return new(null, null, int.Parse(drive.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
        }

        Match match = Disks().Match(path);
        return match.Success ? new(match.Groups["whole"].Value, match.Groups["part"].Length > 0 ? match.Groups["whole"].Value + match.Groups["part"].Value : null, 0) : null;
    }

    [GeneratedRegex(@"^(/dev/)?r?(?<whole>disk[0-9]{1,5})(?<part>(s[0-9]{1,5}){0,8})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Disks();

    [GeneratedRegex(@"^drive([1-9][0-9]{0,2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Drives();
}
