// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Exchanging;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle import FILE</c>: a working catalogue from one that was written down.</summary>
internal sealed class ImportCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Argument<string> _file = new("file") { Description = "A catalogue.json of spindle or of odarchive (versions 1 and 2), also with .gz", CompletionSources = { Values.Files } };

    private readonly Option<string?> _place = new("--as") { Description = "Bring another archive into the catalogue there is, where it stands under that name", HelpName = "NAME" };

    public ImportCommand(CommandContext context)
        : base("import", "Bring a catalogue.json into the working catalogue")
    {
        Add(_file);
        Add(_place);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(ImportVerb.Verb, arguments, ToRequest, new ExchangeText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle import /media/disc/ARCHIVE/catalogue.json", "a disc knows the whole archive: this brings the catalogue back"),
        ("spindle import old/catalogue.json --catalogue old.db", "what odarchive knew; the next scan reads the files and goes on"),
        ("spindle import attic/catalogue.json --as attic", "one archive of two: the discs of both are known, and nothing that is on one is written again"),
    ];

    internal ImportRequest ToRequest(ParseResult arguments) =>
        new(_catalogue.Path(arguments), Paths.ExpandHome(arguments.GetRequiredValue(_file)), arguments.GetValue(_place));
}
