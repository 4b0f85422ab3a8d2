// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Imaging.Records;

/// <summary>How records write what others have named: on one line, and as a shell takes it.</summary>
internal static class PlainText
{
    private const string PlainCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+@%";

    /// <summary>Control characters as <c>\u000A</c>: a line break in a name would forge a line of the record.</summary>
    public static string Line(string text) => text.Any(MustBeEscaped)
        ? string.Concat(text.Select(c => MustBeEscaped(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : c.ToString()))
        : text;

    /// <summary>A file name as a word of a shell's command; one that begins like an option gets its folder.</summary>
    /// <remarks>
    /// A question mark stands for a space, where that is all that needs care: the shell finds the file, typed by hand or put into the
    /// command line by a script, which splits words and knows nothing of quotes in them.
    /// </remarks>
    public static string ShellFile(string name)
    {
        string path = name.StartsWith('-') ? $"./{name}" : name;
        string spaceless = path.Replace(' ', '?');
        return path.Length > 0 && path.Replace(" ", "", StringComparison.Ordinal).All(PlainCharacters.Contains) ? spaceless : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    private static bool MustBeEscaped(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
