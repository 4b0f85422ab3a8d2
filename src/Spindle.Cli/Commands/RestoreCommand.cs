// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Restoring;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle restore [PATTERN...] --from SOURCE... --to DIR</c>: gets files back from the discs of an archive.</summary>
internal sealed class RestoreCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _patterns = new("pattern")
    {
        Description = "What to restore, as in .gitignore, with all that is below it; everything where nothing is named",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Images, drives, mounted discs, or folders of such; in any order",
        HelpName = "SOURCE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly RobotOptions _robot;

    private readonly Option<string> _to = new("--to") { Description = "The directory below which the tree is made again", HelpName = "DIR", Required = true };

    private readonly Option<long?> _scan = new("--scan") { Description = "The archive as that scan found it", HelpName = "N" };

    private readonly Option<string?> _at = new("--at") { Description = "The archive as it was at that time, such as 2026-01-31 or 2026-01-31T12:00Z", HelpName = "DATE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files that are there and are something else" };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Tell which discs it takes, and touch nothing" };

    private readonly Option<bool> _discsOnly = new("--no-catalogue") { Description = "Use the catalogue on the discs instead of the local one" };

    private readonly CatalogueOption _catalogue = new();

    public RestoreCommand(CommandContext context)
        : base("restore", "Get files back from the discs of an archive, each checked")
    {
        Add(_patterns);
        foreach (Option option in (Option[])[_from, _to, _scan, _at, _overwrite, _dryRun, _discsOnly])
        {
            Add(option);
        }

        _catalogue.AddTo(this);
        _robot = new(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(RestoreVerb.Verb, arguments, ToRequest, new RestoreText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle restore --from /media/disc --to out", "all that this disc has, by its own catalogue"),
        ("spindle restore '*.jpg' photos/1998 --from images --to out", "every .jpg, and all of photos/1998, from a folder of images"),
        ("spindle restore --from /dev/sr0 --to out --at 2020-01-01", "the tree as it was then; asks for one disc after the other"),
        ("spindle restore --robot jukebox --to out", "the robot brings the discs, each once; 'spindle robot import' has looked which are where"),
        ("spindle restore --from /dev/sr0 --to out --dry-run", "which discs it takes"),
    ];

    internal RestoreTreeRequest ToRequest(ParseResult arguments) => new(CatalogueOf(arguments), new()
    {
        Sources = [.. (arguments.GetValue(_from) ?? []).Select(Paths.ExpandHome)],
        Target = Paths.ExpandHome(arguments.GetRequiredValue(_to)),
        Patterns = [.. (arguments.GetValue(_patterns) ?? []).Select(Paths.Inside)],
        Scan = arguments.GetValue(_scan),
        At = Moments.ParseEnd("--at", arguments.GetValue(_at)),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
        DryRun = arguments.GetValue(_dryRun),
    },
    _robot.IsNamed(arguments) ? _robot.ToChoice(arguments) : null);

    /// <summary>One that was named must be there; the usual one is used where it is.</summary>
    private string? CatalogueOf(ParseResult arguments)
    {
        string path = _catalogue.Path(arguments);
        return arguments.GetValue(_discsOnly) || (!_catalogue.IsNamed(arguments) && !File.Exists(path)) ? null : path;
    }
}
