// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Robots;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle robot</c>: what lies where in a robot, and moves of one disc.</summary>
internal sealed class RobotCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly RobotOptions _robot;

    private readonly Argument<string?> _slot = new("slot") { Description = "Where the disc is: 7, mail1; of a stacker it is left out", Arity = ArgumentArity.ZeroOrOne };

    private readonly Argument<string?> _intoDrive = new("drive") { Description = "The drive, by the robot's number from 0 or by its path; without it, the first empty one", Arity = ArgumentArity.ZeroOrOne };

    private readonly Argument<string?> _fromDrive = new("drive") { Description = "The drive, by the robot's number from 0 or by its path; without it, the only one with a disc", Arity = ArgumentArity.ZeroOrOne };

    private readonly Argument<string?> _target = new("slot") { Description = "Where the disc goes; without it, where it came from", Arity = ArgumentArity.ZeroOrOne };

    private readonly Argument<string> _from = new("from") { Description = "Where the disc is: 7, mail1, drive0, arm" };

    private readonly Argument<string> _to = new("to") { Description = "Where it goes" };

    private readonly Argument<string[]> _slots = new("slots") { Description = "The slots that are looked into; without them, all that are full and of which nothing is known", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<bool> _again = new("--again") { Description = "Look into those, too, of which it is known what they hold" };

    private readonly Option<string?> _catalogue = new("--catalogue") { Description = "The catalogue in which the places of an archive's discs are entered, as NAME:SLOT", HelpName = "FILE", CompletionSources = { Values.Files } };

    private readonly Option<string?> _copy = new("--copy") { Description = "Which copy the discs in the robot are, where they have several", HelpName = "NAME" };

    public RobotCommand(CommandContext context)
        : base("robot", "Show what lies where in a robot, and have it move discs")
    {
        _context = context;
        _robot = new(this);
        Add(RobotTask.Status, "Show what lies where, as the robot says, and which discs these are");
        Add(RobotTask.Inventory, "Have the robot look again what lies where; may take minutes");
        Add(RobotTask.Load, "Bring a disc into a drive", _slot, _intoDrive);
        Add(RobotTask.Unload, "Take a disc out of a drive", _fromDrive, _target);
        Add(RobotTask.Move, "Bring a disc from one place to another", _from, _to);
        Add(RobotTask.Import, "Look which discs lie in the slots: each is brought into a drive, and back", _slots, _again, _catalogue, _copy);
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle robot status", "the only changer of this computer, or the only robot of robots.json"),
        ("spindle robot status --driver smc --device /dev/sg2 --drives /dev/sr0,/dev/sr1", "a changer that does not tell which drive is which"),
        ("spindle robot load 7 --robot jukebox", "the disc from slot 7, into the first empty drive"),
        ("spindle robot unload /dev/sr0", "the disc goes where it came from"),
        ("spindle robot import --catalogue photos.db", "which discs are in it; 'spindle where' and 'spindle discs' tell the slots then"),
        ("spindle robot move arm 7", "what a move that got stuck has left in the arm"),
    ];

    internal RobotRequest ToRequest(ParseResult arguments)
    {
        RobotTask task = Enum.Parse<RobotTask>(arguments.CommandResult.Command.Name, ignoreCase: true);
        RobotRequest request = new() { Task = task, Robot = _robot.ToChoice(arguments) };
        return task switch
        {
            RobotTask.Load => request with { From = arguments.GetValue(_slot), To = arguments.GetValue(_intoDrive) },
            RobotTask.Unload => request with { From = arguments.GetValue(_fromDrive), To = arguments.GetValue(_target) },
            RobotTask.Move => request with { From = arguments.GetRequiredValue(_from), To = arguments.GetRequiredValue(_to) },
            RobotTask.Import => request with
            {
                Slots = arguments.GetValue(_slots) ?? [],
                Again = arguments.GetValue(_again),
                Catalogue = arguments.GetValue(_catalogue) is { } catalogue ? Paths.ExpandHome(catalogue) : null,
                Copy = arguments.GetValue(_copy),
            },
            _ => request,
        };
    }

    private void Add(RobotTask task, string description, params Symbol[] symbols)
    {
        Command command = this.AddWord(task.ToString().ToLowerInvariant(), description, symbols);
        command.SetAction((arguments, cancellationToken) => _context.RunAsync(RobotVerb.Verb, arguments, ToRequest, new RobotText(), cancellationToken));
    }
}
