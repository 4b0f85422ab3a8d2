// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle protect IMAGE</c>: adds RS03 parity, which mends the image when sectors are lost.</summary>
internal sealed class ProtectCommand : Command, IHasExamples
{
    private const int MostPercent = 200; // 170 roots for 85 of data

    private readonly Argument<string> _image = new("image") { Description = "The image to protect", CompletionSources = { Values.Files } };

    private readonly Option<string?> _redundancy = new("--redundancy") { Description = "Parity for the data, such as 20%", HelpName = "N%" };

    private readonly Option<string?> _fill = new("--fill")
    {
        Description = $"As much parity as fits on a medium: {string.Join(", ", Capacity.Names)}, each also :raw, or sectors (12219392s), or bytes",
        HelpName = "CAPACITY",
        CompletionSources = { Values.Capacities },
    };

    private readonly Option<string?> _to = new("--to") { Description = "Write the protected image there; without it, the image itself grows", HelpName = "FILE" };

    private readonly Option<string?> _ecc = new("--ecc") { Description = "Keep the parity in a file of its own, and the image as it is", HelpName = "FILE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace --to or --ecc" };

    public ProtectCommand(CommandContext context)
        : base("protect", "Add parity to an image, so that it can be mended when sectors are lost")
    {
        Add(_image);
        Add(_redundancy);
        Add(_fill);
        Add(_to);
        Add(_ecc);
        Add(_overwrite);
        SetAction((arguments, cancellationToken) => context.RunAsync(ProtectVerb.Verb, arguments, ToRequest, new ParityText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle protect disc.iso --fill bd", "the image grows to the size of a Blu-ray disc; dvdisaster can check and mend it, too"),
        ("spindle protect disc.iso --redundancy 20% --to protected.iso", "a protected copy, a fifth larger"),
        ("spindle protect disc.iso --ecc disc.ecc", "parity beside an image that must not change"),
    ];

    internal ProtectImageRequest ToRequest(ParseResult arguments) => new()
    {
        Image = Paths.ExpandHome(arguments.GetRequiredValue(_image)),
        Target = arguments.GetValue(_to) is { } target ? Paths.ExpandHome(target) : null,
        ParityFile = arguments.GetValue(_ecc) is { } file ? Paths.ExpandHome(file) : null,
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
        Redundancy = Percent.Parse("--redundancy", arguments.GetValue(_redundancy), MostPercent),
        Fill = arguments.GetValue(_fill),
    };
}
