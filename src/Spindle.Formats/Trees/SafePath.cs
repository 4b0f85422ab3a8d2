// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Formats.Trees;

/// <summary>Makes paths of a disc fit to be written below a directory, whatever the disc says.</summary>
/// <remarks>Pure: no file system is asked. Two names of a disc may become the same one; the caller must not overwrite.</remarks>
public static class SafePath
{
    private static readonly HashSet<string> Devices = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³",
    };

    /// <summary>One component of a path: never empty, never <c>.</c> or <c>..</c>, without separators and zero characters.</summary>
    /// <param name="name">The name as recorded.</param>
    /// <param name="windows">Whether it must also be a name that Windows takes.</param>
    public static string Name(string name, bool windows = false)
    {
        StringBuilder safe = new(name.Length);
        foreach (char character in name)
        {
            if (character is >= '\x80' and < '\xA0')
            {
                // A byte of a charset that nobody has named. No system has a use for such a character, and terminals obey it.
                safe.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
                continue;
            }

            bool isForbidden = character is '/' or '\0' || char.IsControl(character)
                || (windows && character is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|');
            safe.Append(isForbidden && (windows || character is '/' or '\0') ? '_' : character);
        }

        string text = safe.ToString();
        if (windows)
        {
            string trimmed = text.TrimEnd('.', ' ');
            text = trimmed + new string('_', text.Length - trimmed.Length);
            string stem = text.Split('.', 2)[0].TrimEnd(' ');
            text = Devices.Contains(stem) ? $"_{text}" : text;
        }

        return text switch
        {
            "" => "_",
            "." => "_",
            ".." => "__",
            _ => text,
        };
    }

    /// <summary>The path of an entry relative to the root, of safe components separated by <c>/</c>; empty for the root.</summary>
    public static string Of(VolumeEntry entry, bool windows = false)
    {
        Stack<string> names = [];
        for (VolumeEntry? at = entry; at?.Parent is not null; at = at.Parent)
        {
            names.Push(Name(at.Name, windows));
        }

        return string.Join('/', names);
    }

    /// <summary>Whether a symbolic link stays below the directory into which the disc is extracted.</summary>
    /// <param name="link">The link; its target is read as a path from its own directory.</param>
    public static bool StaysInside(VolumeEntry link)
    {
        string target = link.Target ?? "";
        if (target.Length == 0 || target[0] is '/' or '\\' || target.Contains('\0') || (target.Length > 1 && target[1] == ':'))
        {
            return false;
        }

        // Only at its start may it go up: behind the name of another link, up would not be where it seems.
        int depth = link.Depth - 1;
        bool wentDown = false;
        foreach (string part in target.Split('/', '\\'))
        {
            if (part is "..")
            {
                depth--;
                if (wentDown || depth < 0)
                {
                    return false;
                }
            }
            else if (part is not ("" or "."))
            {
                wentDown = true;
            }
        }

        return true;
    }
}
