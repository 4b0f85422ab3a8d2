// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue.Sets;
using Spindle.Cli.Completing;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle plan CAPACITY</c>: decides what comes onto which disc.</summary>
internal sealed class PlanCommand : Command, IHasExamples
{
    private readonly Argument<string> _capacity = new("capacity")
    {
        Description = $"What a disc holds: {string.Join(", ", Capacity.Names)}, each also :raw or :spare, or sectors (12219392s), or bytes",
        CompletionSources = { Values.Capacities },
    };

    private readonly CatalogueOption _catalogue = new();
    private readonly PlanOptions _options = new();

    public PlanCommand(CommandContext context)
        : base("plan", "Plan everything that is not yet on a disc onto discs of a size")
    {
        Aliases.Add("plan_iso");
        Aliases.Add("segment");
        Add(_capacity);
        _catalogue.AddTo(this);
        _options.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(PlanVerb.Verb, arguments, ToRequest, new PlanText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle plan bd", "as few Blu-ray discs as hold it, folders kept together"),
        ("spindle plan dvd --keep-together Photos/2019 --split", "one folder must not be divided; files larger than a disc may be"),
        ("spindle plan bd --names", "a disc also where nothing but names, links or permissions changed"),
        ("spindle plan bd --parity 10% --parity-discs 2", "parity discs, too: any two discs of a set may be lost as a whole"),
        ("spindle plan bd-dl --parity 20% --json", "room for check data on each disc, told to a program"),
    ];

    internal PlanDiscsRequest ToRequest(ParseResult arguments) =>
        new(_catalogue.Path(arguments), _options.Of(arguments, arguments.GetRequiredValue(_capacity)));
}

/// <summary>The options of a plan, which <c>archive</c> has, too.</summary>
internal sealed class PlanOptions
{
    private readonly Option<string?> _reserve = new("--reserve") { Description = "Leave this much of each disc empty", HelpName = "N%" };

    private readonly Option<string?> _parity = new("--parity") { Description = "Add this much check data to each disc, such as 15%", HelpName = "N%" };

    private readonly Option<int?> _parityDiscs = new("--parity-discs") { Description = $"Parity discs to each set of discs, 1 to {SetCode.MostRows}: so many of a set may be lost", HelpName = "COUNT" };

    private readonly Option<int?> _setSize = new("--set-size") { Description = $"Discs that a set has at most (without it, {PlannedSet.UsualDiscsToEach} to each parity disc)", HelpName = "COUNT" };

    private readonly Option<string[]> _together = new("--keep-together")
    {
        Description = "A directory, from the archive's root, that must come onto one disc; may be given again",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _split = new("--split") { Description = "Divide files that are larger than a disc" };

    private readonly Option<bool> _names = new("--names") { Description = "Plan a disc, too, where no content is new, but names, links, folders, permissions or the like are, or are gone" };

    public void AddTo(Command command)
    {
        command.Add(_reserve);
        command.Add(_parity);
        command.Add(_parityDiscs);
        command.Add(_setSize);
        command.Add(_together);
        command.Add(_split);
        command.Add(_names);
    }

    public PlanChoice Of(ParseResult arguments, string capacity) => new()
    {
        Capacity = capacity,
        ReservePercent = Percent.Parse("--reserve", arguments.GetValue(_reserve), most: 90) ?? 0,
        ParityPercent = Percent.Parse("--parity", arguments.GetValue(_parity), most: 200),
        ParityDiscs = arguments.GetValue(_parityDiscs),
        SetSize = arguments.GetValue(_setSize),
        KeepTogether = arguments.GetValue(_together)!,
        SplitsFiles = arguments.GetValue(_split),
        Names = arguments.GetValue(_names),
    };
}
