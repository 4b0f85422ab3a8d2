// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;

namespace Spindle.Cli.Manuals;

/// <summary>Writes mdoc(7), the language of manual pages: what is text stays text, whatever is in it.</summary>
internal sealed partial class MdocText
{
    private const int MostColumns = 78; // a line of text; mdoc's own limit is 80 bytes

    private readonly StringBuilder _page = new();

    public override string ToString() => _page.ToString();

    /// <summary>A line that is a macro, its words as they are.</summary>
    public void Macro(string line) => _page.Append('.').Append(line).Append('\n');

    public void Section(string title) => Macro($"Sh {title}");

    /// <summary>Prose: a sentence begins on a line of its own, as mdoc wants it, and the last one gets its full stop where it has none.</summary>
    public void Prose(string text)
    {
        foreach (string sentence in EndOfSentence().Split(text is [.., '.' or ':'] ? text : $"{text}."))
        {
            int column = 0;
            foreach (string word in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string escaped = Escaped(word, isCode: word[0] == '-');
                if (column > 0 && column + 1 + escaped.Length > MostColumns)
                {
                    _page.Append('\n');
                    column = 0;
                }

                escaped = column > 0 ? $" {escaped}" : Guarded(escaped);
                _page.Append(escaped);
                column += escaped.Length;
            }

            _page.Append('\n');
        }
    }

    /// <summary>A line as it is typed.</summary>
    public void Code(string line)
    {
        Macro("Bd -literal -offset indent");
        _page.Append(Guarded(Escaped(line, isCode: true))).Append('\n');
        Macro("Ed");
    }

    /// <summary>A word behind a macro, which is none itself, nor a sign that ends it.</summary>
    public static string Word(string word) => $@"\&{Escaped(word, isCode: true)}";

    // What looks like a hyphen, a quote or an accent is set as such, unless it is said to be the character of a command line.
    private static string Escaped(string text, bool isCode)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            escaped.Append(rune.Value switch
            {
                '\\' => @"\e",
                '-' when isCode => @"\-",
                '\'' when isCode => @"\(aq",
                '"' when isCode => @"\(dq",
                '`' => @"\(ga",
                '~' => @"\(ti",
                '^' => @"\(ha",
                > 126 => $@"\[u{rune.Value:X4}]",
                _ => rune.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static string Guarded(string line) => line is ['.' or '\'', ..] ? $@"\&{line}" : line;

    [GeneratedRegex(@"(?<=[.!?]) +(?=[A-Z])")]
    private static partial Regex EndOfSentence();
}
