// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli;
using Spindle.Cli.Commands;

using Terminal terminal = Terminal.OfThisProcess();
using Interruption interruption = new();
RootCommand root = SpindleCommand.Create(new CommandContext(terminal));
ParseResult arguments = root.Parse(args);

// Bugs crash, with a stack; and signals are ours: a map must be saved, however long that takes.
int code = await arguments.InvokeAsync(
    new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = terminal.Output, Error = terminal.Error },
    interruption.Token);
return arguments.Errors.Count > 0 ? (int)ExitCode.Usage : code; // 64, not the library's 1
