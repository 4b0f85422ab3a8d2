// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Texts;
using Spindle.Station.Drives;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle drives</c>: the optical drives, what is in them, and whether that can be read now.</summary>
internal sealed class DrivesCommand : Command, IHasExamples
{
    private readonly Argument<string?> _drive = new("drive")
    {
        Description = "Only this drive: by its path, its identity or its name",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Values.Drives },
    };

    private readonly Option<string?> _name = new("--name") { Description = "Call the drive NAME from now on, wherever the system counts it; '' takes the name away", HelpName = "NAME" };

    public DrivesCommand(CommandContext context)
        : base("drives", "Show the optical drives, and what is in them")
    {
        Add(_drive);
        Add(_name);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            DrivesVerb.Verb, arguments, words => new DrivesRequest(words.GetValue(_drive), words.GetValue(_name)), new DrivesText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle drives", "each drive, and what disc is in it; exit 2 where one could not be looked at"),
        ("spindle drives --verbose", "with sessions, tracks, and every answer to how long the disc is"),
        ("spindle drives /dev/sr0 --name left", "that drive is 'left' from now on, also when it is /dev/sr1 tomorrow"),
        ("spindle drives --json", "the same, for a program"),
    ];
}
