// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue;
using Spindle.Cli.Texts;
using Spindle.Station.Events;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle events</c>: what happened to the discs of an archive.</summary>
internal sealed class EventsCommand : Command, IHasExamples
{
    private readonly Option<int?> _disc = new("--disc") { Description = "Of this disc only", HelpName = "NUMBER" };

    private readonly Option<string?> _since = new("--since") { Description = "Then or later", HelpName = "DATE" };

    private readonly Option<string?> _kind = new("--kind") { Description = $"Of this kind only: {string.Join(", ", DiscEvents.Kinds)}", HelpName = "KIND" };

    private readonly CatalogueOption _catalogue = new();

    public EventsCommand(CommandContext context)
        : base("events", "Show what happened to the discs of the archive: written, verified, checked, restored from")
    {
        _kind.AcceptOnlyFromAmong([.. DiscEvents.Kinds]);
        Add(_disc);
        Add(_since);
        Add(_kind);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(EventsVerb.Verb, arguments, ToRequest, new EventsText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle events --disc 3", "all that is known of disc 3"),
        ("spindle events --kind verified --since 2026-01-01 --json", "what was read this year, for a program"),
    ];

    internal EventsRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Disc = arguments.GetValue(_disc),
        Since = Moments.Parse("--since", arguments.GetValue(_since)),
        Kind = arguments.GetValue(_kind),
    };
}
