// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Formats.Analysis;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle inspect SOURCE...</c>: what file systems are on a disc, whether it is whole, and what is wrong with it.</summary>
internal sealed class InspectCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _sources = new("source")
    {
        Description = "The drives, block devices or image files",
        Arity = ArgumentArity.OneOrMore,
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
        SetAction((arguments, cancellationToken) => context.RunAsync("inspect", arguments, (report, _) =>
        {
            List<Inspection> inspections = [];
            foreach (string path in arguments.GetRequiredValue(_sources))
            {
                cancellationToken.ThrowIfCancellationRequested();
                inspections.Add(Inspect(Paths.ExpandHome(path), arguments, cancellationToken));
            }

            InspectionFormat format = Enum.Parse<InspectionFormat>(arguments.GetValue(_format)!, ignoreCase: true);
            report.Inspected(inspections, GlobalOptions.IsJson(arguments) ? InspectionFormat.Json : format);
            return Task.FromResult(
                inspections.Any(inspection => inspection.Failure is not null) ? ExitCode.Failed
                : inspections.All(inspection => inspection.IsWhole) ? ExitCode.Done
                : ExitCode.DoneWithLosses);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle inspect disc.iso", "its file systems, expected and actual size, and findings; exit 2 where it is cut off"),
        ("spindle inspect *.iso --json", "the same of many, for a program"),
        ("spindle inspect disc.iso --format isolyzer > disc.xml", "as isolyzer reports it"),
    ];

    internal AnalysisOptions ToOptions(ParseResult arguments, DiscSource source)
    {
        bool isPlaced = arguments.GetResult(_offset) is not null and not { Implicit: true };
        long offset = arguments.GetValue(_offset) is >= 0 and long start ? start : throw new UsageException("--offset is less than 0");
        bool isNamed = isPlaced || arguments.GetValue(_session) is not null;
        return new()
        {
            MediumStart = isPlaced ? offset : source.FirstSector,
            SessionStart = isNamed ? arguments.GetValue(_session) : source.ContentsStart,
            SessionEnd = isNamed ? null : source.SessionEnd,
        };
    }

    // One source that can't be read does not keep the others from being looked at.
    private Inspection Inspect(string path, ParseResult arguments, CancellationToken cancellationToken)
    {
        int? session = arguments.GetValue(_number) is < 1 ? throw new UsageException("--session is less than 1", "sessions are counted from 1") : arguments.GetValue(_number);
        try
        {
            using DiscSource source = DiscSource.Open(path, new(session, IsAlone: false) { Map = _map.PathOf(arguments), Stop = cancellationToken });
            AnalysisOptions options = ToOptions(arguments, source);
            return new(path, source.Reader.Length, DiscAnalyzer.Analyze(source.Reader, options), Failure: null)
            {
                SessionStarts = source.SessionStarts,
                SessionStart = options.SessionStart,
                UnreadSectors = source.UnreadSectors,
            };
        }
        catch (OperationFailedException e) when (e is not UsageException)
        {
            return new(path, 0, Analysis: null, e.Failure);
        }
    }
}
