// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Texts;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle check IMAGE</c>: what is wrong with a protected image, and how much more it can bear.</summary>
internal sealed class CheckCommand : Command, IHasExamples
{
    private readonly ParityArguments _arguments = new();
    private readonly CatalogueOption _catalogue = new();

    private readonly Option<string?> _copy = new("--copy") { Description = "Which copy of the disc it is, to be remembered with the result", HelpName = "NAME" };

    private readonly Option<int?> _disc = new("--disc") { Description = "Which disc of the catalogue it is, where the disc is too damaged to tell", HelpName = "N" };

    public CheckCommand(CommandContext context)
        : base("check", "Check a protected image: damage, margin, verdict")
    {
        _arguments.AddTo(this);
        _catalogue.AddTo(this);
        Add(_copy);
        Add(_disc);
        SetAction((arguments, cancellationToken) => context.RunAsync(CheckVerb.Verb, arguments, ToRequest, new ParityText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle check disc.iso", "every sector is read and tested; exit 2 where anything is wrong"),
        ("spindle check /dev/sr0", "the same of a disc in a drive, read once from front to back"),
        ("spindle check disc.iso --map disc.map", "what a rescue could not read counts as missing"),
        ("spindle check /dev/sr0 --copy B", "a disc of the archive: 'spindle discs --health' shows how it has changed"),
        ("spindle check disc.iso --ecc disc.ecc --json", "an image with its parity in a file, told to a program"),
    ];

    internal CheckImageRequest ToRequest(ParseResult arguments)
    {
        (string? copy, int? disc) = (arguments.GetValue(_copy), arguments.GetValue(_disc));
        string catalogue = _catalogue.Path(arguments);
        bool isWanted = _catalogue.IsNamed(arguments) || copy is not null || disc is not null || File.Exists(catalogue);
        return new(_arguments.Of(arguments), isWanted ? catalogue : null, copy, disc);
    }
}
