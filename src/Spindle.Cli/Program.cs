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
string? simulated = Environment.GetEnvironmentVariable(DemoStation.Variable);
return await new CommandContext(terminal) { Equipment = simulated is { Length: > 0 } ? DemoStation.EquipmentOf(simulated, machine) : machine }.InvokeAsync(args, interruption.Token);
