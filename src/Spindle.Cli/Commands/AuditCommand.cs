// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Auditing;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle audit PATH...</c>: whether the images of a collection are still what their records say.</summary>
internal sealed class AuditCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Folders with all that is below them, images, or records",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Values.Files },
    };

    private readonly Option<int> _jobs = new("--jobs") { Description = "Read so many images of one disk at once; disks are read side by side in any case", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<double?> _olderThan = new("--older-than") { Description = "Only images that passed longer ago, as the catalogue knows", HelpName = "DAYS" };

    private readonly Option<string?> _sample = new("--sample") { Description = "Read that share of the images: those that wait longest, as the catalogue knows, else any", HelpName = "PERCENT" };

    private readonly Option<bool> _adopt = new("--adopt") { Description = "Make a record of each image that has none, which vouches for it from now on" };

    private readonly Option<string[]> _copies = new("--copies") { Description = "A folder with further copies: whole ones are named, and where an image differs from them", HelpName = "FOLDER" };

    private readonly Option<string?> _csv = new("--csv") { Description = "Write a table, a line for each image as it is known", HelpName = "FILE" };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with the table of a stopped audit" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a table of that name" };

    private readonly CatalogueOption _catalogue = new();

    public AuditCommand(CommandContext context)
        : base("audit", "Read the images of a collection, and hold each against its record")
    {
        Add(_paths);
        Add(_jobs);
        Add(_olderThan);
        Add(_sample);
        Add(_adopt);
        Add(_copies);
        Add(_csv);
        Add(_resume);
        Add(_overwrite);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(AuditVerb.Verb, arguments, ToRequest, new AuditText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle audit /archive/discs --csv audit.csv", "every image below that folder; exit 2 where one needs a person"),
        ("spindle audit /archive/discs --csv audit.csv --resume", "the same, where it was stopped"),
        ("spindle audit /archive/discs --catalogue discs.db --older-than 365", "what was not audited for a year"),
        ("spindle audit /archive/discs --copies /mirror/discs", "of those that changed: where, and which copy is whole"),
    ];

    internal AuditCollectionRequest ToRequest(ParseResult arguments)
    {
        string catalogue = Paths.ExpandHome(_catalogue.Path(arguments));
        return new()
        {
            Paths = [.. arguments.GetRequiredValue(_paths).Select(Paths.ExpandHome)],
            Jobs = arguments.GetValue(_jobs),
            OlderThanDays = arguments.GetValue(_olderThan),
            SamplePercent = Percent.Parse("--sample", arguments.GetValue(_sample), most: 100) ?? 100,
            Adopt = arguments.GetValue(_adopt),
            Copies = [.. (arguments.GetValue(_copies) ?? []).Select(Paths.ExpandHome)],
            Csv = arguments.GetValue(_csv) is { } csv ? Paths.ExpandHome(csv) : null,
            Resume = arguments.GetValue(_resume),
            Overwrite = GlobalOptions.Allows(arguments, _overwrite),
            Catalogue = _catalogue.IsNamed(arguments) || File.Exists(catalogue) ? catalogue : null,
        };
    }
}
