// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle archive PATH [CAPACITY]</c>: scan, plan and write in one go.</summary>
internal sealed class ArchiveCommand : Command, IHasExamples
{
    private readonly Argument<string> _path = new("path") { Description = "The directory to archive" };

    private readonly Argument<string> _capacity = new("capacity") { Description = "What a disc holds, as for plan", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => "bd" };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Leave out what matches, by the rules of .gitignore; may be given again",
        HelpName = "GLOB",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _job = new("--job") { Description = "A name for the archive", HelpName = "NAME" };

    private readonly Option<string?> _client = new("--client") { Description = "Whose archive it is", HelpName = "NAME" };

    private readonly CatalogueOption _catalogue = new();
    private readonly PlanOptions _plan = new();
    private readonly WriteOptions _write = new();

    public ArchiveCommand(CommandContext context)
        : base("archive", "Scan a directory, plan it onto discs and make their images, in one go")
    {
        Add(_path);
        Add(_capacity);
        Add(_exclude);
        Add(_job);
        Add(_client);
        _catalogue.AddTo(this);
        _plan.AddTo(this);
        _write.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync("archive", arguments, async (report, questions) =>
        {
            PlanRequest request = _plan.Request(arguments, arguments.GetRequiredValue(_capacity));
            using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_catalogue.Path(arguments));
            _write.CreateDirectory(arguments); // before the scan: in the tree, it would be news to the next one
            ScanResult scan = await new Scanner(context.Time).ScanAsync(database, ToScan(arguments), report.Progress, cancellationToken);
            await CatalogueJson.WriteFileAsync(Path.ChangeExtension(database.Path, ".json"), database, cancellationToken);

            PlanResult plan = await PlanOptions.PlanAsync(new(database, context.Time), request, (report, questions), cancellationToken);

            // Also discs that an earlier call planned and did not come to write, or that an imported catalogue tells of and nobody has seen.
            IReadOnlyList<int> unwritten = new DiscStore(database).ToBeWritten();
            IReadOnlyList<WriteResult> written = await _write.WriteAsync(database, unwritten, arguments, report, context, cancellationToken);
            report.Archived(database.Path, scan, plan with { Waiting = [] }, written); // they were made now
            return scan.IsWhole && plan.NamesUnknown == 0 && written.All(result => result.IsGood) ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle archive ~/Photos", "onto Blu-ray discs: images in the current directory; later again, for what is new"),
        ("spindle archive ~/Photos dvd --to /srv/images --parity 15%", "onto DVDs with check data"),
        ("spindle archive /srv --exclude '*.tmp' --job Server --split", "with a name, and files larger than a disc divided"),
    ];

    private ScanRequest ToScan(ParseResult arguments) => new()
    {
        Sources = [Paths.ExpandHome(arguments.GetRequiredValue(_path))],
        Excludes = arguments.GetValue(_exclude)!,
        Job = arguments.GetValue(_job),
        Client = arguments.GetValue(_client),
    };
}
