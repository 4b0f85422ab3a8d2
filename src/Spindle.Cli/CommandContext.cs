// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Commands;
using Spindle.Cli.Interaction;
using Spindle.Cli.Reports;
using Spindle.Imaging;
using Spindle.Media;

namespace Spindle.Cli;

/// <summary>What every command needs: where to report, whom to ask, and how its end becomes an exit code.</summary>
internal sealed class CommandContext(Terminal terminal)
{
    /// <summary>Makes images; a test puts simulated discs here.</summary>
    public Imager Imager { get; init; } = Imager.ForThisMachine();

    public Terminal Terminal => terminal;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        ParseResult arguments = SpindleCommand.Create(this).Parse(words);
        if (arguments.Errors.Count > 0 && arguments.Action is not HelpWithExamples)
        {
            // Not the library's answer: that is exit code 1, and help where the result is expected.
            string command = arguments.CommandResult.Command.Name;
            string what = string.Join(" ", arguments.Errors.Select(error => error.Message));
            string help = arguments.CommandResult.Command is RootCommand ? "spindle --help" : $"spindle {command} --help";
            return await RunAsync(command, arguments, (_, _) => throw new UsageException(what, $"'{help}' shows how it is used"));
        }

        // Bugs crash, with a stack; and signals are ours: a map must be saved, however long that takes.
        return await arguments.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Output, Error = terminal.Error },
            cancellationToken);
    }

    /// <summary>Runs a command and tells how it ended.</summary>
    /// <param name="command">Its name, for the schema of its JSON document.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="action">Does the work with the report that the command line asks for.</param>
    public async Task<int> RunAsync(string command, ParseResult arguments, Func<IReport, Questions, Task<ExitCode>> action)
    {
        IReport report = GlobalOptions.IsJson(arguments)
            ? new JsonReport(command, terminal, GlobalOptions.ProgressOf(arguments))
            : new TextReport(terminal, GlobalOptions.StyleOf(arguments));
        try
        {
            return (int)await action(report, new(terminal, GlobalOptions.AnswersYes(arguments)));
        }
        catch (OperationFailedException e)
        {
            report.Failed(e.Failure);
            return (int)(e is UsageException ? ExitCode.Usage : ExitCode.Failed);
        }
        catch (OperationCanceledException)
        {
            report.Failed(new("cancelled", "stopped; what was done is kept", "go on with --resume"));
            return (int)ExitCode.Cancelled;
        }
    }
}
