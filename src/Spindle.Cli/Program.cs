// SPDX-License-Identifier: MIT
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;

using Terminal terminal = Terminal.OfThisProcess();
if (OpenSsl.Complaint() is { } complaint)
{
    terminal.Error.WriteLine(complaint);
    return (int)ExitCode.Failed;
}

using Interruption interruption = new();
Equipment machine = Equipment.OfThisMachine();
return await new CommandContext(terminal) { Equipment = DemoStation.IsSimulated ? DemoStation.EquipmentOf(Environment.GetEnvironmentVariable(DemoStation.Variable)!, machine) : machine }.InvokeAsync(args, interruption.Token);
