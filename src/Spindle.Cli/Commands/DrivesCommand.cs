// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Texts;
using Spindle.Station.Drives;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle drives</c>: the optical drives, what is in them, and whether that can be read now.</summary>
internal sealed class DrivesCommand : Command, IHasExamples
{
    public DrivesCommand(CommandContext context)
        : base("drives", "Show the optical drives, and what is in them")
    {
        SetAction((arguments, cancellationToken) => context.RunAsync(DrivesVerb.Verb, arguments, _ => new DrivesRequest(), new DrivesText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle drives", "each drive, and what disc is in it; exit 2 where one could not be looked at"),
        ("spindle drives --verbose", "with sessions, tracks, and every answer to how long the disc is"),
        ("spindle drives --json", "the same, for a program"),
    ];
}
