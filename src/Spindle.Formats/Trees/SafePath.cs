// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Formats.Trees;

/// <summary>Makes paths of a disc fit to be written below a directory, whatever the disc says.</summary>
/// <remarks>Pure: no file system is asked, and what it does not take stays. Two names of a disc may become the same one; the caller must not overwrite.</remarks>
public static class SafePath
{
    /// <summary>One component of a path: never empty, never <c>.</c> or <c>..</c>, without separators and zero characters.</summary>
    /// <param name="name">The name as recorded.</param>
    public static string Name(string name)
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

            safe.Append(character is '/' or '\0' ? '_' : character);
        }

        string text = safe.ToString();
        return text switch
        {
            "" => "_",
            "." => "_",
            ".." => "__",
            _ => text,
        };
    }

    /// <summary>The path of an entry relative to the root, of safe components separated by <c>/</c>; empty for the root.</summary>
    public static string Of(VolumeEntry entry)
    {
        Stack<string> names = [];
        for (VolumeEntry? at = entry; at?.Parent is not null; at = at.Parent)
        {
            names.Push(Name(at.Name));
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
