// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle repair IMAGE</c>: mends a protected image, in place under a journal, or in a copy.</summary>
internal sealed class RepairCommand : Command, IHasExamples
{
    private readonly ParityArguments _arguments = new();

    private readonly Option<string?> _to = new("--to") { Description = "Write the mended image there; without it, the image itself is mended", HelpName = "FILE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace --to" };

    public RepairCommand(CommandContext context)
        : base("repair", "Mend a protected image with its parity")
    {
        _arguments.AddTo(this);
        Add(_to);
        Add(_overwrite);
        SetAction((arguments, cancellationToken) => context.RunAsync(RepairVerb.Verb, arguments, ToRequest, new ParityText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle repair disc.iso --map disc.map", "the image is mended in place; if that is interrupted, call it again"),
        ("spindle repair damaged.iso --to whole.iso", "the damaged image stays as it is"),
    ];

    internal RepairImageRequest ToRequest(ParseResult arguments) => new(
        _arguments.Of(arguments),
        arguments.GetValue(_to) is { } target ? Paths.ExpandHome(target) : null,
        GlobalOptions.Allows(arguments, _overwrite));
}
