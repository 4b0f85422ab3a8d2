// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Inspecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle damage IMAGE MAPFILE</c>: which files, directories and structures the unreadable sectors touch.</summary>
internal sealed class DamageCommand : Command, IHasExamples
{
    private readonly Argument<string> _image = new("image") { Description = "The image, or the disc", CompletionSources = { Values.Drives, Values.Files } };

    private readonly Argument<string> _map = new("mapfile") { Description = "Its map: ours, or GNU ddrescue's", CompletionSources = { Values.Files } };

    private readonly Option<long> _offset = new("--offset")
    {
        Description = "First sector of the disc that is in the image, where it is an image of a later session",
        HelpName = "SECTORS",
    };

    public DamageCommand(CommandContext context)
        : base("damage", "Name the files that unreadable sectors touch")
    {
        Add(_image);
        Add(_map);
        Add(_offset);
        SetAction((arguments, cancellationToken) => context.RunAsync(DamageVerb.Verb, arguments, ToRequest, new DamageText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle damage disc.iso disc.map", "every file that is hit, with the bytes that it lacks"),
        ("spindle damage disc.iso ddrescue.map --json", "the same, for a program"),
    ];

    internal DamageRequest ToRequest(ParseResult arguments) => new(
        Paths.ExpandHome(arguments.GetRequiredValue(_image)), Paths.ExpandHome(arguments.GetRequiredValue(_map)), arguments.GetValue(_offset));
}
