// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.Contents;

/// <summary>How entries of a disc are shown to people.</summary>
public static class EntryText
{
    /// <summary>Type and permissions as <c>ls</c> shows them; what the disc does not say is a question mark.</summary>
    public static string Mode(VolumeEntry entry)
    {
        char type = entry.Type switch
        {
            EntryType.Directory => 'd',
            EntryType.Symlink => 'l',
            EntryType.File => '-',
            _ => '?',
        };
        if (entry.Mode is not { } mode)
        {
            return $"{type}?????????";
        }

        StringBuilder text = new("rwxrwxrwx");
        for (int bit = 0; bit < 9; bit++)
        {
            text[bit] = (mode & (1 << (8 - bit))) != 0 ? text[bit] : '-';
        }

        Special(text, 2, (mode & 0x800) != 0, 's');
        Special(text, 5, (mode & 0x400) != 0, 's');
        Special(text, 8, (mode & 0x200) != 0, 't');
        return type + text.ToString();
    }

    /// <summary>A name without what would move a terminal's cursor or change its colours: such characters become escapes.</summary>
    public static string Printable(string name)
    {
        if (!name.Any(char.IsControl))
        {
            return name;
        }

        StringBuilder text = new();
        foreach (char character in name)
        {
            _ = char.IsControl(character)
                ? text.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}")
                : text.Append(character);
        }

        return text.ToString();
    }

    private static void Special(StringBuilder text, int position, bool isSet, char letter)
    {
        if (isSet)
        {
            text[position] = text[position] == 'x' ? letter : char.ToUpperInvariant(letter);
        }
    }
}
