// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Changers.Opening;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Media;
using Spindle.Station.Robots;

namespace Spindle.Cli.Commands;

/// <summary>Which robot is meant: the options that all commands have that use one.</summary>
internal sealed class RobotOptions
{
    private readonly Option<string?> _name = new("--robot") { Description = "The robot, by its name in robots.json", HelpName = "NAME", Recursive = true };

    private readonly Option<string?> _driver = new("--driver") { Description = "How it is spoken to: smc (a SCSI changer), command (a script of the mtx-changer contract), hand (a person)", HelpName = "DRIVER", Recursive = true };

    private readonly Option<string?> _device = new("--device") { Description = "Its device, such as /dev/sg2", HelpName = "DEVICE", Recursive = true, CompletionSources = { Values.Files } };

    private readonly Option<string?> _program = new("--program") { Description = "Of the driver command: the script", HelpName = "FILE", Recursive = true, CompletionSources = { Values.Files } };

    private readonly Option<string[]> _drives = new("--drives")
    {
        Description = "The drives that it serves, in its own order, with commas between them",
        HelpName = "DRIVES",
        Recursive = true,
        CompletionSources = { Values.Drives },
    };

    private readonly Option<int?> _slots = new("--slots") { Description = "Of the driver hand: how many places the shelf has", HelpName = "COUNT", Recursive = true };

    private readonly Option<bool?> _opensTrays = new("--opens-trays") { Description = "The computer opens the drives' trays, for the robot does not", Recursive = true, Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<int?> _seconds = new("--move-seconds") { Description = "How long a move may take (300)", HelpName = "SECONDS", Recursive = true };

    private readonly Option[] _all;

    public RobotOptions(Command command)
    {
        _driver.AcceptOnlyFromAmong([.. Enum.GetValues<RobotDriver>().Select(JsonForm.Word)]);
        _all = [_name, _driver, _device, _program, _drives, _slots, _opensTrays, _seconds];
        foreach (Option option in _all)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether somebody said anything of a robot.</summary>
    public bool IsNamed(ParseResult arguments) => _all.Any(option => arguments.GetResult(option) is { Implicit: false });

    public RobotChoice ToChoice(ParseResult arguments) => new()
    {
        Name = arguments.GetValue(_name),
        Driver = arguments.GetValue(_driver) is { } driver ? Enum.Parse<RobotDriver>(driver, ignoreCase: true) : null,
        Device = arguments.GetValue(_device),
        Program = arguments.GetValue(_program) is { } program ? Paths.ExpandHome(program) : null,
        Drives = [.. (arguments.GetValue(_drives) ?? []).SelectMany(drives => drives.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        Slots = arguments.GetValue(_slots),
        OpensTrays = arguments.GetValue(_opensTrays),
        MoveSeconds = arguments.GetValue(_seconds),
    };
}
