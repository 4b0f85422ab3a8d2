// SPDX-License-Identifier: MIT
using System.Collections;
using System.CommandLine;
using System.Globalization;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Manuals;

/// <summary>A manual page of section 1, made of a command: of its words, not beside them, so that it tells what is.</summary>
internal sealed class ManualPage
{
    private readonly MdocText _text = new();
    private readonly Command _command;
    private readonly RootCommand _root;

    private ManualPage(Command command, RootCommand root) => (_command, _root) = (command, root);

    private static ReadOnlySpan<char> CatalogueOption => "--catalogue";

    private bool IsRoot => _command == _root;

    private bool HasCatalogue => _command.Options.Any(option => CatalogueOption.SequenceEqual(option.Name));

    /// <summary>Whether a command has a page: one that its help lists.</summary>
    public static bool IsFor(Command command) => !command.Hidden;

    /// <summary>The name of a command's page: <c>spindle-image</c>, and of the program itself <c>spindle</c>.</summary>
    public static string NameOf(Command command) => command is RootCommand ? "spindle" : $"spindle-{command.Name}";

    /// <summary>The page of a command, in mdoc.</summary>
    /// <param name="command">The command, or the root for the page of the program.</param>
    /// <param name="root">All commands.</param>
    /// <param name="examples">Command lines, each with what it does.</param>
    /// <param name="date">Of which day the page is.</param>
    public static string Of(Command command, RootCommand root, IReadOnlyList<(string CommandLine, string Meaning)> examples, DateOnly date)
    {
        ManualPage page = new(command, root);
        page.Head(date);
        page.Synopsis();
        page.Description();
        page.Options();
        page.Surroundings();
        page.ExitStatus();
        page.Examples(examples);
        page.SeeAlso();
        return page._text.ToString();
    }

    private void Head(DateOnly date)
    {
        _text.Macro($"Dd {date.ToString("MMMM d, yyyy", CultureInfo.InvariantCulture)}");
        _text.Macro($"Dt {NameOf(_command).ToUpperInvariant()} 1");
        _text.Macro("Os");
        _text.Section("NAME");
        _text.Macro($"Nm {NameOf(_command)}");
        _text.Macro($"Nd {Uncapitalized(IsRoot ? "looks after what is on optical discs" : _command.Description!)}");
    }

    private void Synopsis()
    {
        _text.Section("SYNOPSIS");
        _text.Macro("Nm spindle");
        _text.Macro(IsRoot ? "Ar command" : $"Cm {MdocText.Word(_command.Name)}");
        foreach (Argument argument in _command.Arguments)
        {
            string more = argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "";
            string word = $"Ar {MdocText.Word(argument.Name)}{more}";
            _text.Macro(argument.Arity.MinimumNumberOfValues == 0 ? $"Op {word}" : word);
        }

        foreach (Option option in _command.Options.Where(option => option.Required))
        {
            _text.Macro(Names(option));
        }

        _text.Macro("Op Ar option ...");
    }

    private void Description()
    {
        _text.Section("DESCRIPTION");
        _text.Prose(_command.Description!);
        if (_command.Aliases.Count > 0)
        {
            _text.Prose($"It is also called {string.Join(" and ", _command.Aliases)}.");
        }

        if (IsRoot)
        {
            _text.Prose("Each command has a page of its own:");
            Tagged(_root.Subcommands.Where(IsFor), command => $"Xr {NameOf(command)} 1", command => command.Description!);
        }
        else if (_command.Arguments.Count > 0)
        {
            Tagged(_command.Arguments, argument => $"Ar {MdocText.Word(argument.Name)}", DescriptionOf);
        }

        if (!IsRoot && _command.Subcommands.Count > 0)
        {
            _text.Prose("Behind its name may stand:");
            Tagged(_command.Subcommands.Where(IsFor), Words, command => command.Description!);
        }
    }

    /// <summary>A word of a command, with what belongs to it.</summary>
    private static string Words(Command command) => string.Concat(
        $"Cm {MdocText.Word(command.Name)}",
        string.Concat(command.Arguments.Select(argument => $" Ar {MdocText.Word(argument.Name)}")),
        string.Concat(command.Options.Where(option => !option.Hidden && !option.Recursive).Select(option => $" Oo Fl {MdocText.Word(option.Name[1..])} Oc")));

    private void Options()
    {
        Option[] all = [.. _root.Options.Where(option => !option.Hidden)];
        Option[] own = [.. IsRoot ? all.Where(option => !option.Recursive) : _command.Options.Where(option => !option.Hidden)];
        _text.Section("OPTIONS");
        if (own.Length > 0)
        {
            Tagged(own, Names, DescriptionOf);
            _text.Macro("Pp");
        }

        _text.Prose("Every command has these:");
        Tagged(all.Where(option => option.Recursive), Names, DescriptionOf);
    }

    private void Surroundings()
    {
        _text.Section("ENVIRONMENT");
        (string Name, string Meaning)[] variables = [("NO_COLOR", "Where it is set to anything, no colours are printed.")];
        if (HasCatalogue)
        {
            variables = [.. variables, ("SPINDLE_CATALOGUE", "The catalogue that is used where --catalogue names none.")];
        }

        Tagged(variables, variable => $"Ev {variable.Name}", variable => variable.Meaning);
        if (HasCatalogue)
        {
            _text.Section("FILES");
            Tagged(["catalogue.db"], file => $"Pa {file}", _ => "The catalogue, in the working directory, where neither --catalogue nor SPINDLE_CATALOGUE names another one.");
        }
    }

    private void ExitStatus()
    {
        _text.Section("EXIT STATUS");
        Tagged(ExitCodes.All, code => ((int)code.Code).ToString(CultureInfo.InvariantCulture), code => Capitalized(code.Meaning));
    }

    private void Examples(IReadOnlyList<(string CommandLine, string Meaning)> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        _text.Section("EXAMPLES");
        foreach ((string commandLine, string meaning) in examples)
        {
            if (commandLine != examples[0].CommandLine)
            {
                _text.Macro("Pp");
            }

            _text.Prose(Capitalized(meaning));
            _text.Code(commandLine);
        }
    }

    private void SeeAlso()
    {
        string[] pages = IsRoot ? [.. _root.Subcommands.Where(IsFor).Select(NameOf).Order(StringComparer.Ordinal)] : [NameOf(_root)];
        _text.Section("SEE ALSO");
        for (int i = 0; i < pages.Length; i++)
        {
            _text.Macro($"Xr {pages[i]} 1{(i < pages.Length - 1 ? " ," : "")}");
        }
    }

    private void Tagged<T>(IEnumerable<T> items, Func<T, string> tag, Func<T, string> text)
    {
        _text.Macro("Bl -tag -width Ds");
        foreach (T item in items)
        {
            _text.Macro($"It {tag(item)}");
            _text.Prose(text(item));
        }

        _text.Macro("El");
    }

    private static string Names(Option option)
    {
        // The library knows /? and /h, too, which are paths here.
        IEnumerable<string> names = option.Aliases.Append(option.Name).Where(name => name[0] == '-').Distinct().OrderBy(name => name.Length);
        string value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? "" : $" Ar {MdocText.Word(option.HelpName ?? option.Name.TrimStart('-'))}";
        return $"{string.Join(" , ", names.Select(name => $"Fl {MdocText.Word(name[1..])}"))}{value}";
    }

    private static string DescriptionOf(Argument argument) => WithDefault(argument.Description, argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    private static string DescriptionOf(Option option) =>
        WithDefault(option.Description, option.HasDefaultValue && option.ValueType != typeof(bool) ? option.GetDefaultValue() : null);

    private static string WithDefault(string? description, object? value)
    {
        string? text = value is string or not IEnumerable ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
        return text switch
        {
            null or "" => description ?? "",
            "." => $"{description}. The default is the working directory.",
            _ => $"{description}. The default is {text}.",
        };
    }

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Uncapitalized(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
