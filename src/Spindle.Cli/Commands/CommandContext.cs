// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;

namespace Spindle.Cli.Commands;

/// <summary>What every command needs: where to report, whom to ask, and how its end becomes an exit code.</summary>
internal sealed class CommandContext(Terminal terminal)
{
    private static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(250); // what has ended by then tells of itself

    private CancellationToken _interrupted;

    /// <summary>What this machine has; a test puts simulated discs and drives here.</summary>
    public Equipment Equipment { get; init; } = Equipment.OfThisMachine();

    /// <summary>Who answers questions; null for the person at the terminal.</summary>
    public IAnswers? Answers { get; init; }

    /// <summary>Who brings discs; null for that person.</summary>
    public IDiscFetcher? Fetcher { get; init; }

    public Terminal Terminal => terminal;

    public TimeProvider Time => Equipment.Time;

    /// <summary>The same as a job: what is told goes elsewhere, and others are asked.</summary>
    public CommandContext On(Terminal other, IAnswers answers, IDiscFetcher fetcher) => new(other) { Equipment = Equipment, Answers = answers, Fetcher = fetcher, _interrupted = _interrupted };

    /// <summary>The same with another folder of the station.</summary>
    public CommandContext At(string folder) => new(terminal) { Equipment = Equipment with { Folder = folder }, _interrupted = _interrupted };

    /// <summary>Runs a command line, or tells what is wrong with it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InvokeAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        ParseResult arguments = SpindleCommand.Create(this).Parse(words);
        _interrupted = cancellationToken;

        // Nothing but the program's name: the library's help says it all. A word of help asked for is never an error.
        bool isMisunderstood = arguments.Tokens.Count > 0 && arguments.Action is ParseErrorAction;
        if ((isMisunderstood ? ErrorOf(arguments) : UnknownOption(arguments) ?? NamelessFile(arguments)) is { } failure)
        {
            return Misunderstood(arguments, failure);
        }

        // Bugs crash, with a stack; and signals are ours: a map must be saved, however long that takes.
        int code = await arguments.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Output, Error = terminal.Error },
            cancellationToken);
        return Delivered(arguments.Errors.Count > 0 ? (int)ExitCode.Usage : code); // 64, not the library's 1
    }

    /// <summary>Runs a verb, and tells what came of it.</summary>
    /// <param name="verb">What is asked.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="toRequest">Makes a request of it.</param>
    /// <param name="text">Tells people of the document; null where only programs are told, in JSON.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync<TRequest, TDocument>(
        Verb<TRequest, TDocument> verb, ParseResult arguments, Func<ParseResult, TRequest> toRequest, IText<TDocument>? text, CancellationToken cancellationToken)
        where TRequest : notnull
        where TDocument : Document =>
        RunAsync(verb, arguments, (words, _) => toRequest(words), text, cancellationToken);

    /// <summary>The same where the request may take an answer or two of the person at the terminal.</summary>
    /// <inheritdoc cref="RunAsync{TRequest, TDocument}(Verb{TRequest, TDocument}, ParseResult, Func{ParseResult, TRequest}, IText{TDocument}, CancellationToken)"/>
    public async Task<int> RunAsync<TRequest, TDocument>(
        Verb<TRequest, TDocument> verb, ParseResult arguments, Func<ParseResult, Questions, TRequest> toRequest, IText<TDocument>? text, CancellationToken cancellationToken)
        where TRequest : notnull
        where TDocument : Document
    {
        VerbOutput output = new(verb.Name, terminal, text is null || GlobalOptions.IsJson(arguments), GlobalOptions.StyleOf(arguments));
        Questions questions = new(terminal, GlobalOptions.AnswersYes(arguments), GlobalOptions.StyleOf(arguments), _interrupted);
        using CancellationTokenSource ended = new();
        using CancellationTokenRegistration notice = _interrupted.Register(() => _ = AcknowledgeAsync(verb.Name, arguments, ended.Token));
        try
        {
            Work work = new(Equipment with { StandardOutput = terminal.OpenOutput }, output.Progress, Answers ?? questions, Fetcher ?? (questions.CanAsk ? new PersonFetcher(questions) : null));
            TDocument document = await verb.RunAsync(toRequest(arguments, questions), work, cancellationToken);
            using (document as IDisposable)
            {
                return (int)output.Tell(document, verb.Document, text);
            }
        }
        catch (OperationFailedException e) when (e.Failure.Code == "output-failed")
        {
            return (int)ExitCode.Failed; // told at the end, for there is nowhere to write the document that would tell it
        }
        catch (OperationFailedException e)
        {
            return (int)output.Fail(e.Failure);
        }
        catch (IOException e) when (ResultWriter.IsNoReader(e))
        {
            // Whoever reads the results, such as head, has seen enough.
            return (int)ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return (int)output.Fail(verb.Stopped);
        }
        finally
        {
            await ended.CancelAsync();
            terminal.Live.End();
        }
    }

    /// <summary>Says that Ctrl-C was heard, where it takes a while to stop: a drive may be stuck in a read for a minute.</summary>
    private async Task AcknowledgeAsync(string command, ParseResult arguments, CancellationToken ended)
    {
        try
        {
            await Task.Delay(Promptly, Time, ended);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        ReportStyle style = GlobalOptions.StyleOf(arguments);
        if (!style.IsQuiet && style.Progress != ProgressStyle.Json)
        {
            terminal.Live.Interject($"Stopping{(command == "image" ? " when the drive answers" : "")}; another Ctrl-C stops at once.");
        }
    }

    /// <summary>What was to be written is written, or the command has failed.</summary>
    public int Delivered(int code)
    {
        if ((terminal.Output as ResultWriter)?.Complete() is not { } failure)
        {
            return code;
        }

        new TextLines(terminal, new(IsQuiet: false, IsVerbose: false, NoColor: false, ProgressStyle.None)).Failed(failure);
        return code is (int)ExitCode.Done or (int)ExitCode.DoneWithLosses ? (int)ExitCode.Failed : code;
    }

    private static Failure ErrorOf(ParseResult arguments)
    {
        if (arguments.UnmatchedTokens.FirstOrDefault(token => token.Length > 1 && token[0] == '-') is { } option)
        {
            return new("usage", $"there is no option {option}", HintOf(arguments)); // what comes behind it would be called unknown, too
        }

        IEnumerable<string> messages = arguments.Errors.Select(error => string.Join(' ', error.Message.Split(Array.Empty<char>(), StringSplitOptions.RemoveEmptyEntries)));
        return new("usage", string.Join("; ", messages.Select(message => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.'))), HintOf(arguments));
    }

    /// <summary>The library takes a mistyped option for an argument, where one fits.</summary>
    private static Failure? UnknownOption(ParseResult arguments)
    {
        bool isInvoked = arguments.Action is not (null or ParseErrorAction) && arguments.Action == arguments.CommandResult.Command.Action;
        string? option = isInvoked && !arguments.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? arguments.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
                .Select(token => token.Value).FirstOrDefault(value => value.Length > 1 && value[0] == '-')
            : null;
        return option is null
            ? null
            : new("usage", $"there is no option {option}", $"{HintOf(arguments)}; a file of that name is ./{option}");
    }

    /// <summary>A file without a name, as a script gives it whose variable is empty: nothing that opens files takes it.</summary>
    private static Failure? NamelessFile(ParseResult arguments)
    {
        SymbolResult? nameless = arguments.CommandResult.Children.FirstOrDefault(child => child.Tokens.Any(token => token.Value.Length == 0) && child switch
        {
            ArgumentResult { Argument: var argument } => Values.AreFiles(argument.CompletionSources, argument.HelpName),
            OptionResult { Option: var option } => Values.AreFiles(option.CompletionSources, option.HelpName),
            _ => false,
        });
        return nameless is null ? null : new("usage", $"{(nameless as OptionResult)?.Option.Name ?? (nameless as ArgumentResult)?.Argument.Name} is empty", "name a file; a variable may be empty");
    }

    private static string HintOf(ParseResult arguments)
    {
        string words = string.Concat(CommandsOf(arguments).Select(command => command.Name + " "));
        return $"'spindle {words}--help' tells what there is";
    }

    /// <summary>The commands of a line, the outermost first; none where it names none.</summary>
    private static Stack<Command> CommandsOf(ParseResult arguments)
    {
        Stack<Command> commands = new();
        for (SymbolResult? result = arguments.CommandResult; result is not null; result = result.Parent)
        {
            if (result is CommandResult { Command: not RootCommand } named)
            {
                commands.Push(named.Command);
            }
        }

        return commands;
    }

    private int Misunderstood(ParseResult arguments, Failure failure)
    {
        // What was asked of the report may be what is wrong: nothing is taken from there but its form.
        VerbOutput output = new(
            CommandsOf(arguments).FirstOrDefault()?.Name ?? "usage", terminal, GlobalOptions.IsJson(arguments), new(IsQuiet: false, IsVerbose: false, NoColor: false, ProgressStyle.None));
        output.Fail(failure);
        return (int)ExitCode.Usage;
    }
}
