// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue.Finding;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Finding;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle find PATTERN</c>: which disc has it, and where that is kept.</summary>
internal sealed class FindCommand : Command, IHasExamples
{
    private readonly Argument<string> _pattern = new("pattern") { Description = "A name, with * ? [a-z]; with a slash inside, a path from the archive's root", DefaultValueFactory = _ => "*" };

    private readonly Option<long> _min = new("--min-size") { Description = "Bytes at least", HelpName = "BYTES" };

    private readonly Option<long?> _max = new("--max-size") { Description = "Bytes at most", HelpName = "BYTES" };

    private readonly Option<string?> _after = new("--after") { Description = "Changed then or later", HelpName = "DATE" };

    private readonly Option<string?> _before = new("--before") { Description = "Changed then or earlier", HelpName = "DATE" };

    private readonly Option<string?> _sha256 = new("--sha256") { Description = "Its SHA-256, or the first digits of it", HelpName = "HEX" };

    private readonly Option<bool> _all = new("--all") { Description = "Earlier versions and deleted files, too" };

    private readonly CatalogueOption _catalogue = new();

    public FindCommand(CommandContext context)
        : base("find", "Find files in the catalogue: which disc has them, and where that is kept")
    {
        Add(_pattern);
        foreach (Option option in (Option[])[_min, _max, _after, _before, _sha256, _all])
        {
            Add(option);
        }

        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(FindVerb.Verb, arguments, ToRequest, new FindText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle find '*.jpg' --min-size 5000000", "large pictures, and their discs"),
        ("spindle find 'photos/1998/**' --all", "all that was ever there"),
        ("spindle find --sha256 5a4f", "by contents"),
    ];

    internal FindRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Pattern = Paths.Inside(arguments.GetValue(_pattern)!),
        MinimumSize = arguments.GetValue(_min),
        MaximumSize = arguments.GetValue(_max) ?? long.MaxValue,
        After = Moments.Parse("--after", arguments.GetValue(_after)),
        Before = Moments.Parse("--before", arguments.GetValue(_before)),
        Sha256 = arguments.GetValue(_sha256),
        IncludesGone = arguments.GetValue(_all),
    };
}

/// <summary><c>spindle where PATH</c>: every version of a file, and where it is.</summary>
internal sealed class WhereCommand : Command, IHasExamples
{
    private readonly Argument<string> _path = new("path") { Description = "A file, by its path from the archive's root" };

    private readonly CatalogueOption _catalogue = new();

    public WhereCommand(CommandContext context)
        : base("where", "Show on which discs a file is, all its versions, and where those are kept")
    {
        Add(_path);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            WhereVerb.Verb, arguments, words => new WhereRequest(_catalogue.Path(words), Paths.Inside(words.GetRequiredValue(_path))), new FindText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle where photos/1998/beach.jpg", "the disc, its copies, and when it was last verified"),
        ("spindle where letters/will.odt --json", "all versions, for a program"),
    ];
}
