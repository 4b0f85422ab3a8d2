// SPDX-License-Identifier: MIT
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;

using Terminal terminal = Terminal.OfThisProcess();
if (OpenSsl.Complaint() is { } complaint)
{
    terminal.Error.WriteLine(complaint);
    return (int)ExitCode.Failed;
}

using Interruption interruption = new();
return await new CommandContext(terminal).InvokeAsync(args, interruption.Token);
