// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace Spindle.Cli.Commands;

/// <summary>A command that has words of its own gives each the options and arguments that it takes.</summary>
internal static class CommandSymbols
{
    /// <summary>Makes a word of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="word">The word.</param>
    /// <param name="description">What it does.</param>
    /// <param name="symbols">Options and arguments, in the order of its help.</param>
    /// <returns>It, of which nothing is done yet.</returns>
    public static Command AddWord(this Command command, string word, string description, params IEnumerable<Symbol> symbols)
    {
        Command made = new(word, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Option option)
            {
                made.Add(option);
            }
            else
            {
                made.Add((Argument)symbol);
            }
        }

        command.Add(made);
        return made;
    }
}
