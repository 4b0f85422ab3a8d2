// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Contents;

/// <summary>How entries of a disc are shown to people.</summary>
public static class EntryText
{
    /// <summary>Characters of type and permissions.</summary>
    internal const int ModeLength = 10;

    private const string Permissions = "-----x-w--wxr--r-xrw-rwx";

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(number => (char)number).Where(char.IsControl)]);

    /// <summary>Type and permissions as <c>ls</c> shows them; what the disc does not say is a question mark.</summary>
    public static string Mode(VolumeEntry entry) => string.Create(ModeLength, entry, static (text, entry) => WriteMode(entry, text));

    /// <summary>A name without what would move a terminal's cursor or change its colours: such characters become escapes.</summary>
    public static string Printable(string name)
    {
        if (IsPrintable(name))
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

    internal static bool IsPrintable(ReadOnlySpan<char> name) => !name.ContainsAny(Controls);

    internal static void WriteMode(VolumeEntry entry, Span<char> text)
    {
        text[0] = entry.Type switch
        {
            EntryType.Directory => 'd',
            EntryType.Symlink => 'l',
            EntryType.File => '-',
            _ => '?',
        };
        if (entry.Mode is not { } mode)
        {
            text[1..ModeLength].Fill('?');
            return;
        }

        Permissions.AsSpan((mode >> 6 & 7) * 3, 3).CopyTo(text[1..]);
        Permissions.AsSpan((mode >> 3 & 7) * 3, 3).CopyTo(text[4..]);
        Permissions.AsSpan((mode & 7) * 3, 3).CopyTo(text[7..]);
        if ((mode & (0x800 | 0x400 | 0x200)) == 0)
        {
            return;
        }

        Special(text, 3, (mode & 0x800) != 0, 's');
        Special(text, 6, (mode & 0x400) != 0, 's');
        Special(text, 9, (mode & 0x200) != 0, 't');
    }

    private static void Special(Span<char> text, int position, bool isSet, char letter)
    {
        if (isSet)
        {
            text[position] = text[position] == 'x' ? letter : char.ToUpperInvariant(letter);
        }
    }
}
