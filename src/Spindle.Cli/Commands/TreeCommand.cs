// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Texts;
using Spindle.Station.Contents;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle tree SOURCE</c>: what <c>tree -apugD --si --du</c> would print of the mounted disc.</summary>
internal sealed class TreeCommand : Command, IHasExamples
{
    private readonly Argument<string> _source = new("source") { Description = "The drive, block device or image file", CompletionSources = { Values.Drives, Values.Files } };

    private readonly VolumeChoice _choice = new();

    public TreeCommand(CommandContext context)
        : base("tree", "Draw the tree of files on a disc, without mounting it")
    {
        Add(_source);
        _choice.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            TreeVerb.Verb, arguments, words => _choice.Of(words, words.GetRequiredValue(_source)), new TreeText(context.Time.GetLocalNow()), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle tree /dev/sr0", "the whole tree, with permissions, owners, sizes and times"),
        ("spindle tree disc.iso --view iso9660 > tree.txt", "the plain ISO 9660 tree, into a file"),
    ];
}
