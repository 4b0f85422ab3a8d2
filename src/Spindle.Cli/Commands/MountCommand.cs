// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Mounting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle mount DIR</c>: an archive as a drive.</summary>
internal sealed class MountCommand : Command, IHasExamples
{
    private readonly Argument<string> _directory = new("dir") { Description = "An empty directory: the archive is shown there, until Ctrl-C or 'fusermount3 -u'", CompletionSources = { Values.Directories } };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Images, drives, mounted discs, and folders of these; images that are where they were written are found by themselves",
        HelpName = "SOURCE",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string> _cold = new("--cold")
    {
        Description = "Who opens a file whose disc is not at hand: fail at once, or wait until it is brought",
        HelpName = "fail|wait",
        DefaultValueFactory = _ => "fail",
    };

    private readonly Option<long?> _scan = new("--scan") { Description = "The archive as that scan found it", HelpName = "N" };

    private readonly Option<string?> _at = new("--at") { Description = "The archive as it was at that time, such as 2026-01-31 or 2026-01-31T12:00Z", HelpName = "DATE" };

    private readonly CatalogueOption _catalogue = new();

    public MountCommand(CommandContext context)
        : base("mount", "Show an archive as a drive: every name at once, contents from the discs at hand (Linux)")
    {
        _cold.AcceptOnlyFromAmong("fail", "wait");
        Add(_directory);
        foreach (Option option in (Option[])[_from, _cold, _scan, _at])
        {
            Add(option);
        }

        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(MountVerb.Verb, arguments, ToRequest, new MountText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle mount /mnt/archive", "all that catalogue.db knows; files whose images are where they were written can be read"),
        ("spindle mount /mnt/archive --from /srv/images --cold wait", "who opens another file waits until the image of its disc is there"),
        ("spindle mount /mnt/archive --from /dev/sr0 --cold wait", "the same with a drive: it tells which disc to put in"),
        ("getfattr -d -m user.spindle /mnt/archive/photos/beach.jpg", "on which disc it is, where its copies are, and whether it is at hand"),
    ];

    internal MountRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Directory = Paths.ExpandHome(arguments.GetRequiredValue(_directory)),
        Cold = arguments.GetValue(_cold) == "wait" ? ColdContent.Wait : ColdContent.Fail,
        Sources = [.. (arguments.GetValue(_from) ?? []).Select(Paths.ExpandHome)],
        Scan = arguments.GetValue(_scan),
        At = Moments.ParseEnd("--at", arguments.GetValue(_at)),
    };
}
