// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Contents;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle ls SOURCE [PATH]</c>: lists what is on a disc.</summary>
internal sealed class LsCommand : Command, IHasExamples
{
    private readonly Argument<string> _source = new("source") { Description = "The drive, block device or image file", CompletionSources = { Values.Drives, Values.Files } };

    private readonly Argument<string> _path = new("path") { Description = "The directory or file to list", DefaultValueFactory = _ => "/" };

    private readonly Option<bool> _recursive = new("--recursive", "-R") { Description = "List what is below, too" };

    private readonly Option<bool> _long = new("--long", "-l") { Description = "Show permissions, owners, sizes, times and link targets" };

    private readonly VolumeChoice _choice = new();

    public LsCommand(CommandContext context)
        : base("ls", "List the files on a disc, without mounting it")
    {
        Add(_source);
        Add(_path);
        Add(_recursive);
        Add(_long);
        _choice.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            ListVerb.Verb, arguments, ToRequest, new ListText(arguments.GetValue(_long), cancellationToken), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle ls /dev/sr0", "what is in the root of the disc"),
        ("spindle ls disc.iso photos --long --recursive", "everything below photos, with sizes and times"),
        ("spindle ls disc.iso --view joliet --json --recursive", "the Joliet tree, for a program"),
    ];

    internal ListRequest ToRequest(ParseResult arguments) => new()
    {
        Disc = _choice.Of(arguments, arguments.GetRequiredValue(_source)),
        Path = Paths.Inside(arguments.GetRequiredValue(_path)),
        Recursive = arguments.GetValue(_recursive),
    };
}
