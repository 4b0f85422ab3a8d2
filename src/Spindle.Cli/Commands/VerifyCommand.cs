// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Restoring.Verifying;
using Spindle.Station.Verifying;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle verify SOURCE...</c>: whether discs still hold what they should.</summary>
internal sealed class VerifyCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _sources = new("source")
    {
        Description = "Images, drives, mounted discs, or folders of such",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string?> _sample = new("--sample") { Description = "Read that share of each disc's files; the next sample goes on from there", HelpName = "PERCENT" };

    private readonly CatalogueOption _catalogue = new();

    public VerifyCommand(CommandContext context)
        : base("verify", "Read discs of an archive, and hold every file against its hash")
    {
        Add(_sources);
        Add(_sample);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(VerifyVerb.Verb, arguments, ToRequest, new VerifyText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle verify /dev/sr0", "every file of the disc in the drive; exit 2 where one is damaged"),
        ("spindle verify images --json", "all images of a folder, for a program"),
        ("spindle verify /media/disc --sample 10%", "a tenth of the files, another one each time"),
    ];

    internal VerifyRequest ToRequest(ParseResult arguments)
    {
        string catalogue = Paths.ExpandHome(_catalogue.Path(arguments));
        return new()
        {
            Sources = [.. arguments.GetRequiredValue(_sources).Select(Paths.ExpandHome)],
            Share = Percent.Parse("--sample", arguments.GetValue(_sample), most: 100) / 100 ?? 1,
            Catalogue = _catalogue.IsNamed(arguments) || File.Exists(catalogue) ? catalogue : null,
        };
    }
}
