// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Cli.Terminals;

/// <summary>How people write files and folders.</summary>
internal static class Paths
{
    /// <summary>Puts the home directory for a leading <c>~</c>, which shells leave alone behind an equals sign.</summary>
    public static string ExpandHome(string path) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;

    /// <summary>A path or pattern inside a disc or an archive, where names have slashes between them: people on Windows write the other ones.</summary>
    public static string Inside(string path) => OperatingSystem.IsWindows() ? WithSlashes(path) : path;

    /// <summary>Puts slashes for backslashes, but before a bracket, from which they take its meaning: stars and question marks are in no name of Windows.</summary>
    internal static string WithSlashes(string path)
    {
        StringBuilder text = new(path);
        for (int at = 0; at < text.Length; at++)
        {
            bool isEscape = at + 1 < text.Length && text[at + 1] is '[' or ']';
            text[at] = text[at] == '\\' && !isEscape ? '/' : text[at];
        }

        return text.ToString();
    }
}
