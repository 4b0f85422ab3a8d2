// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Cli.Completing;

/// <summary>Takes a command line apart as shells do, as far as it is typed.</summary>
internal static class ShellWords
{
    /// <summary>The words of a line, without their quotes; the last one is where the cursor is, and empty behind a blank.</summary>
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        char? quote = null;
        bool isInside = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && quote != '\'' && !OperatingSystem.IsWindows()) // there, it stands between the parts of a path
            {
                isInside = true;
                if (++i < line.Length)
                {
                    word.Append(line[i]);
                }
            }
            else if (c == quote)
            {
                quote = null;
            }
            else if (quote is null && c is ('\'' or '"'))
            {
                (quote, isInside) = (c, true);
            }
            else if (quote is null && char.IsWhiteSpace(c))
            {
                if (isInside)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                isInside = false;
            }
            else
            {
                word.Append(c);
                isInside = true;
            }
        }

        words.Add(word.ToString());
        return words;
    }
}
