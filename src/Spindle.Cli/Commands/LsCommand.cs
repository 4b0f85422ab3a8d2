// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle ls SOURCE [PATH]</c>: lists what is on a disc.</summary>
internal sealed class LsCommand : Command, IHasExamples
{
    private readonly Argument<string> _source = new("source") { Description = "The drive, block device or image file" };

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
        SetAction((arguments, cancellationToken) => context.RunAsync("ls", arguments, (report, _) =>
        {
            using DiscSource source = _choice.OpenSource(arguments, arguments.GetRequiredValue(_source), cancellationToken);
            Volume volume = _choice.Open(arguments, source);
            report.Listed(volume, Entries(volume, arguments), arguments.GetValue(_long), cancellationToken);
            return Task.FromResult(volume.Missing.Any() ? ExitCode.DoneWithLosses : ExitCode.Done);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle ls /dev/sr0", "what is in the root of the disc"),
        ("spindle ls disc.iso photos --long --recursive", "everything below photos, with sizes and times"),
        ("spindle ls disc.iso --view joliet --json --recursive", "the Joliet tree, for a program"),
    ];

    private IEnumerable<VolumeEntry> Entries(Volume volume, ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_path);
        VolumeEntry start = volume.Find(path) ?? throw new OperationFailedException(new(
            "no-such-path", $"there is no {path} on the disc", "names are told apart by case; another --view may have other names"));
        return start.Type != EntryType.Directory ? [start]
            : !arguments.GetValue(_recursive) ? volume.List(start)
            : volume.Walk(start);
    }
}
