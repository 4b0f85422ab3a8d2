// SPDX-License-Identifier: MIT
namespace Spindle.Drives.Windows;

/// <summary>The ways in which people name a drive of Windows.</summary>
/// <param name="Node">What CreateFile takes: without a backslash at its end, which would mean the disc's root directory.</param>
/// <param name="Root">The root directory, by which Windows tells what kind of drive it is; null for a device without a letter.</param>
internal sealed record DriveName(string Node, string? Root)
{
    private const string DevicePrefix = @"\\.\";

    /// <summary>Reads a name: <c>D:</c>, <c>d:\</c>, <c>\\.\D:</c>, <c>\\?\D:</c>, <c>\\.\CdRom0</c>, <c>\\?\Volume{…}</c>.</summary>
    /// <returns>Null where it is that of a file or folder.</returns>
    public static DriveName? Parse(string path)
    {
        bool isDevice = path.StartsWith(DevicePrefix, StringComparison.Ordinal) || path.StartsWith(@"\\?\", StringComparison.Ordinal);
        string name = (isDevice ? path[DevicePrefix.Length..] : path).TrimEnd('\\', '/');
        if (name.Length == 2 && char.IsAsciiLetter(name[0]) && name[1] == ':')
        {
            string letter = name.ToUpperInvariant();
            return new(DevicePrefix + letter, letter + '\\');
        }

        if (isDevice && name.StartsWith("CdRom", StringComparison.OrdinalIgnoreCase) && name.Length > 5 && name.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return new(DevicePrefix + name, null);
        }

        return isDevice && name.StartsWith("Volume{", StringComparison.OrdinalIgnoreCase) && name.EndsWith('}') ? new($@"\\?\{name}", $@"\\?\{name}\") : null;
    }
}
