// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Inspecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle inspect SOURCE...</c>: what file systems are on a disc, whether it is whole, and what is wrong with it.</summary>
internal sealed class InspectCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _sources = new("source")
    {
        Description = "The drives, block devices or image files",
        Arity = ArgumentArity.OneOrMore,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "text, json, or isolyzer (XML of isolyzer's schema)",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<int?> _number = new("--session")
    {
        Description = "Which session of the disc to look at, from 1; else the last one, as the system does",
        HelpName = "N",
    };

    private readonly Option<long> _offset = new("--offset")
    {
        Description = "First sector of the disc that is in the image, where it is an image of a later session",
        HelpName = "SECTORS",
    };

    private readonly Option<long?> _session = new("--session-start")
    {
        Description = "First sector of the session to look at, where it is not the first one",
        HelpName = "SECTOR",
    };

    private readonly MapOption _map = new();

    public InspectCommand(CommandContext context)
        : base("inspect", "Show the file systems of a disc, and whether it is whole")
    {
        _format.AcceptOnlyFromAmong("text", "json", "isolyzer");
        Add(_sources);
        Add(_format);
        Add(_offset);
        Add(_number);
        Add(_session);
        Add(_map);
        SetAction((arguments, cancellationToken) => context.RunAsync(InspectVerb.Verb, arguments, ToRequest, TextOf(arguments), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle inspect disc.iso", "its file systems, expected and actual size, and findings; exit 2 where it is cut off"),
        ("spindle inspect *.iso --json", "the same of many, for a program"),
        ("spindle inspect disc.iso --format isolyzer > disc.xml", "as isolyzer reports it"),
    ];

    internal InspectRequest ToRequest(ParseResult arguments) => new()
    {
        Sources = [.. arguments.GetRequiredValue(_sources).Select(Paths.ExpandHome)],
        Session = arguments.GetValue(_number),
        SessionStart = arguments.GetValue(_session),
        Offset = arguments.GetResult(_offset) is null or { Implicit: true } ? null : arguments.GetValue(_offset),
        Map = _map.PathOf(arguments),
    };

    private IText<InspectDocument> TextOf(ParseResult arguments) => arguments.GetValue(_format) switch
    {
        "isolyzer" => new IsolyzerText(),
        "json" => new JsonText<InspectDocument>(InspectVerb.Verb.Document),
        _ => new InspectText(),
    };
}
