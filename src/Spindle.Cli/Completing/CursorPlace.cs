// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Completions;
using Spindle.Media;

namespace Spindle.Cli.Completing;

/// <summary>Where on a command line the cursor is: in which command, behind which words. It judges no line, for this one is not finished.</summary>
internal sealed class CursorPlace
{
    private readonly Command _root;
    private readonly Func<IReadOnlyList<string>> _drives;
    private readonly HashSet<Option> _given = [];
    private Command _command;
    private Option? _open; // it waits for its value
    private int _values; // of arguments
    private bool _isBehindDashes;

    private CursorPlace(Command root, Func<IReadOnlyList<string>> drives) => (_root, _command, _drives) = (root, root, drives);

    private IEnumerable<Option> Options => _command.Options.Concat(_command == _root ? [] : _root.Options.Where(option => option.Recursive)).Where(option => !option.Hidden);

    /// <summary>What belongs at the end of a line.</summary>
    /// <param name="root">The command that it begins with, by whatever name.</param>
    /// <param name="line">The line up to the cursor.</param>
    /// <param name="drives">Paths of the optical drives, asked for where one belongs.</param>
    public static Suggested Suggest(Command root, string line, Func<IReadOnlyList<string>> drives)
    {
        IReadOnlyList<string> words = ShellWords.Split(line);
        CursorPlace place = new(root, drives);
        foreach (string word in words.Skip(1).SkipLast(1))
        {
            place.Pass(word);
        }

        return place.Suggest(words.Count > 1 ? words[^1] : "");
    }

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    /// <summary>Names that are offered: the library knows /? and /h, too, which are paths here.</summary>
    private static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name).Where(name => name[0] == '-').Distinct();

    private Option? Find(string name) => Options.FirstOrDefault(option => NamesOf(option).Contains(name));

    private void Pass(string word)
    {
        bool isOption = !_isBehindDashes && word.Length > 1 && word[0] == '-';
        if (_open is { } open && !(isOption && open.AllowMultipleArgumentsPerToken))
        {
            _open = open.AllowMultipleArgumentsPerToken ? open : null;
        }
        else if (isOption)
        {
            _open = null;
            PassOption(word);
        }
        else if (_values == 0 && !_isBehindDashes && _command.Subcommands.FirstOrDefault(command => command.Name == word || command.Aliases.Contains(word)) is { } command)
        {
            _command = command;
        }
        else
        {
            _values++;
        }
    }

    private void PassOption(string word)
    {
        _isBehindDashes = word == "--";
        int end = word.AsSpan().IndexOfAny('=', ':');
        if (Find(end < 0 ? word : word[..end]) is { } option)
        {
            _given.Add(option);
            _open = end < 0 && TakesValue(option) ? option : null;
        }
    }

    private Suggested Suggest(string word)
    {
        bool isOption = !_isBehindDashes && word is ['-', ..];
        if (_open is { } open && !(isOption && open.AllowMultipleArgumentsPerToken))
        {
            return ValuesOf(open.CompletionSources, open.HelpName, word, "");
        }

        if (isOption)
        {
            int end = word.IndexOf('=', StringComparison.Ordinal);
            return end < 0 ? new(OptionsFor(word))
                : Find(word[..end]) is { } option ? ValuesOf(option.CompletionSources, option.HelpName, word[(end + 1)..], word[..(end + 1)])
                : new([]);
        }

        Suggested values = CurrentArgument() is { } argument ? ValuesOf(argument.CompletionSources, "", word, "") : new([]);
        Candidate[] commands = _values > 0 ? [] :
            [.. _command.Subcommands.Where(command => !command.Hidden && Begins(command.Name, word)).Select(command => new Candidate(command.Name, command.Description))];
        bool isNothing = word.Length == 0 && values is { Candidates.Count: 0, Names: FileNames.None } && commands.Length == 0;
        return isNothing ? new(OptionsFor("--")) : values with { Candidates = [.. commands, .. values.Candidates] };
    }

    private Candidate[] OptionsFor(string word) =>
    [
        .. from option in Options
           where !_given.Contains(option) || option.Arity.MaximumNumberOfValues > 1
           from name in NamesOf(option)
           where Begins(name, word)
           select new Candidate(name, option.Description),
    ];

    private Argument? CurrentArgument()
    {
        long first = 0; // of the argument's values, among all; an argument may take any number
        foreach (Argument argument in _command.Arguments)
        {
            first += argument.Arity.MaximumNumberOfValues;
            if (_values < first)
            {
                return argument;
            }
        }

        return null;
    }

    private Suggested ValuesOf(IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string? helpName, string word, string before)
    {
        FileNames names = helpName switch { "FILE" => FileNames.Files, "DIR" => FileNames.Directories, _ => FileNames.None };
        List<Candidate> candidates = [];
        foreach (CompletionItem item in sources.SelectMany(source => source(CompletionContext.Empty)))
        {
            switch (item.Kind)
            {
                case Values.FileKind:
                    names = FileNames.Files;
                    break;
                case Values.DirectoryKind:
                    names = FileNames.Directories;
                    break;
                case Values.DriveKind:
                    candidates.AddRange(Drives().Select(drive => new Candidate(drive, "Optical drive")));
                    break;
                case Values.MemberKind:
                    string others = word[..(word.LastIndexOf(',') + 1)];
                    if (!others.Split(',').Contains(item.Label))
                    {
                        candidates.Add(new(others + item.Label, item.Detail));
                    }

                    break;
                case Values.VariantKind when !word.Contains(':', StringComparison.Ordinal):
                    break;
                default:
                    candidates.Add(new(item.Label, item.Detail));
                    break;
            }
        }

        return new([.. candidates.Where(candidate => Begins(candidate.Word, word)).Select(candidate => candidate with { Word = before + candidate.Word })], names);
    }

    /// <summary>None where the system does not say: whoever types is not told of that here.</summary>
    private IReadOnlyList<string> Drives()
    {
        try
        {
            return _drives();
        }
        catch (OperationFailedException)
        {
            return [];
        }
    }

    private static bool Begins(string name, string word) => name.StartsWith(word, StringComparison.Ordinal);
}
