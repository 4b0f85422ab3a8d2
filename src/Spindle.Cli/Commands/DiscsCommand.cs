// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue.Health;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Discs;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle discs</c>: the discs of an archive; and <c>num_isos</c>, which says just how many.</summary>
internal sealed class DiscsCommand : Command, IHasExamples
{
    private readonly Argument<int?> _disc = new("disc") { Description = "Only this disc", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _label = new("--label") { Description = "Call the disc this from now on", HelpName = "TEXT" };

    private readonly Option<string?> _copy = new("--copy") { Description = "A copy of the disc, which is entered where it is not known", HelpName = "NAME" };

    private readonly Option<string?> _place = new("--place") { Description = "Where that copy is kept (without --copy: the copy called 'main')", HelpName = "TEXT" };

    private readonly Option<string?> _image = new("--image") { Description = "Instead of a disc of the archive: one that was imaged, by the name of its image", HelpName = "NAME" };

    private readonly Option<double?> _due = new("--due")
    {
        Description = "Only copies whose time to be read has come; with DAYS, all discs and images that were not verified or audited for so long. Exit 2 where there are any",
        HelpName = "DAYS",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double> _firstCheck = new("--first-check") { Description = "With --due: days from when a copy was made to its first check", HelpName = "DAYS", DefaultValueFactory = _ => CheckSchedule.UsualFirst.TotalDays };

    private readonly Option<double> _checkEvery = new("--check-every") { Description = "With --due: days between checks", HelpName = "DAYS", DefaultValueFactory = _ => CheckSchedule.UsualEvery.TotalDays };

    private readonly Option<bool> _kinds = new("--kinds") { Description = "Show how many discs there are of each kind: films, pictures, data…" };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = "Only discs of this kind, such as dvd-video",
        HelpName = "KIND",
        CompletionSources = { DiscsVerb.Kinds.ToArray() },
    };

    private readonly Option<bool> _health = new("--health") { Description = "Show what checks found over time, and how much of the parity is used up" };

    private readonly Option<double?> _refreshAfter = new("--refresh-after") { Description = "With --health: years after which copies should be burned anew [default: CD and DVD 5, Blu-ray Disc 10]", HelpName = "YEARS" };

    private readonly Option<string?> _svg = new("--svg") { Description = "With --health: draw that into this file, too", HelpName = "FILE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a drawing of that name" };

    private readonly CatalogueOption _catalogue = new();

    public DiscsCommand(CommandContext context)
        : base("discs", "Show the discs of the archive: fill, status, copies and where they are kept")
    {
        Add(_disc);
        Add(_label);
        Add(_copy);
        Add(_place);
        Add(_image);
        Add(_due);
        Add(_firstCheck);
        Add(_checkEvery);
        Add(_kinds);
        Add(_kind);
        Add(_health);
        Add(_refreshAfter);
        Add(_svg);
        Add(_overwrite);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(DiscsVerb.Verb, arguments, ToRequest, new DiscsText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle discs", "all discs, with what is known of their copies; and those that were imaged"),
        ("spindle discs 3 --copy B --place 'bank vault'", "a second copy of disc 3, and where it lies"),
        ("spindle discs --image box12-08 --place 'box 13'", "a disc that was imaged is kept elsewhere now"),
        ("spindle discs --health --svg health.svg", "how the discs age, by what 'spindle check' found"),
        ("spindle discs --due", "copies that should be read now: a year after they were burned, and then every two years"),
        ("spindle discs --due 365", "what nobody has read for a year"),
        ("spindle discs --kinds", "how many discs there are of films, of pictures, of data"),
        ("spindle num_isos", "just how many discs there are"),
    ];

    internal DiscsRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Disc = arguments.GetValue(_disc),
        Label = arguments.GetValue(_label),
        Copy = arguments.GetValue(_copy),
        Place = arguments.GetValue(_place),
        Image = arguments.GetValue(_image),
        DueDays = arguments.GetValue(_due),
        Due = arguments.GetResult(_due) is { Tokens.Count: 0, Implicit: false },
        FirstCheckDays = arguments.GetValue(_firstCheck),
        CheckEveryDays = arguments.GetValue(_checkEvery),
        Kinds = arguments.GetValue(_kinds),
        Kind = arguments.GetValue(_kind),
        Health = arguments.GetValue(_health),
        RefreshAfterYears = arguments.GetValue(_refreshAfter),
        Chart = arguments.GetValue(_svg) is { } file ? Path.GetFullPath(Paths.ExpandHome(file)) : null,
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };
}

/// <summary><c>spindle num_isos</c>: how many discs there are, and nothing else.</summary>
internal sealed class NumIsosCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    public NumIsosCommand(CommandContext context)
        : base("num_isos", "Print how many discs the archive has")
    {
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(
            CountVerb.Verb, arguments, words => new CountRequest(_catalogue.Path(words)), new DiscsText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle num_isos", "such as 12, for scripts"),
        ("spindle num_isos --catalogue family.db", "of another archive"),
    ];
}
