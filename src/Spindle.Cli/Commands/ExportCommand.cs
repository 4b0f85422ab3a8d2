// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Catalogue.Exchange;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Exchanging;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle export FILE</c>: the catalogue for people, other programs, and the next fifty years.</summary>
internal sealed class ExportCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    private readonly Argument<string> _file = new("file") { Description = "The file to write; - is standard output", CompletionSources = { Values.Files } };

    private readonly Option<string> _format = MakeFormat();

    private readonly Option<long?> _scan = new("--scan") { Description = "What was known after scan N; default: the newest", HelpName = "N" };

    private readonly Option<long?> _plan = new("--plan") { Description = "What was known after plan P; default: the newest", HelpName = "P" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a file of that name" };

    public ExportCommand(CommandContext context)
        : base("export", "Write the catalogue as JSON, TSV, checksums, or for odarchive")
    {
        Add(_file);
        _catalogue.AddTo(this);
        foreach (Option option in (Option[])[_format, _scan, _plan, _overwrite])
        {
            Add(option);
        }

        SetAction((arguments, cancellationToken) => context.RunAsync(ExportVerb.Verb, arguments, ToRequest, new ExchangeText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle export catalogue.json", "everything; 'spindle import' makes a catalogue of it again"),
        ("spindle export files.tsv --format tsv --scan 3", "a line a name, as the archive stood after the third scan"),
        ("spindle export SHA256SUMS --format sha256sums", "'sha256sum -c SHA256SUMS' in the source checks the files"),
        ("spindle export study.csv --format media-study", "a line for each time that a disc was burned, read or checked: which media last?"),
        ("spindle export catalogue.json --format odarchive", "for odarchive, version 2; the scans must have taken SHA-512"),
    ];

    internal ExportRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        File = Paths.ExpandHome(arguments.GetRequiredValue(_file)),
        Format = Enum.Parse<ExportFormat>(arguments.GetRequiredValue(_format).Replace("-", "", StringComparison.Ordinal), ignoreCase: true),
        Scan = arguments.GetValue(_scan),
        Plan = arguments.GetValue(_plan),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };

    private static Option<string> MakeFormat()
    {
        Option<string> option = new("--format") { Description = "json, odarchive, tsv, sha256sums, or media-study: what became of discs, without names of files", HelpName = "FORMAT", DefaultValueFactory = _ => "json" };
        option.AcceptOnlyFromAmong("json", "odarchive", "tsv", "sha256sums", "media-study");
        return option;
    }
}
