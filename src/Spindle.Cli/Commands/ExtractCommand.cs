// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Contents;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle extract SOURCE [PATTERN...] --to DIR</c>: takes files out of a disc.</summary>
internal sealed class ExtractCommand : Command, IHasExamples
{
    private readonly Argument<string> _source = new("source") { Description = "The drive, block device or image file", CompletionSources = { Values.Drives, Values.Files } };

    private readonly Argument<string[]> _patterns = new("pattern")
    {
        Description = "What to take, as in .gitignore, with all that is below it; everything where nothing is named",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _to = new("--to") { Description = "The directory to write into", HelpName = "DIR", Required = true };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files that are there already" };

    private readonly Option<string> _forks = new("--forks")
    {
        Description = "What becomes of resource forks and what the Finder keeps: apple-double (a file ._NAME beside each), or none",
        HelpName = "FORM",
        DefaultValueFactory = _ => "apple-double",
    };

    private readonly VolumeChoice _choice = new();

    public ExtractCommand(CommandContext context)
        : base("extract", "Take files out of a disc, without mounting it")
    {
        Add(_source);
        Add(_patterns);
        Add(_to);
        Add(_overwrite);
        _forks.AcceptOnlyFromAmong("apple-double", "none");
        Add(_forks);
        _choice.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(ExtractVerb.Verb, arguments, ToRequest, new ExtractText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle extract disc.iso --to out", "everything"),
        ("spindle extract /dev/sr0 '*.jpg' photos/1998 --to out", "every .jpg, and all of photos/1998"),
    ];

    internal ExtractRequest ToRequest(ParseResult arguments) => new(_choice.Of(arguments, arguments.GetRequiredValue(_source)), new()
    {
        Target = Paths.ExpandHome(arguments.GetRequiredValue(_to)),
        Patterns = [.. (arguments.GetValue(_patterns) ?? []).Select(Paths.Inside)],
        Forks = arguments.GetValue(_forks) != "none",
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    });
}
