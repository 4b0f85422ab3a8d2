// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle archive PATH [CAPACITY]</c>: scan, plan and write in one go.</summary>
internal sealed class ArchiveCommand : Command, IHasExamples
{
    private readonly Argument<string> _path = new("path") { Description = "The directory to archive", CompletionSources = { Values.Directories } };

    private readonly Argument<string> _capacity = new("capacity")
    {
        Description = "What a disc holds, as for plan",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => "bd",
        CompletionSources = { Values.Capacities },
    };

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
        SetAction((arguments, cancellationToken) => context.RunAsync(ArchiveVerb.Verb, arguments, ToRequest, new WriteText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle archive ~/Photos", "onto Blu-ray discs: images in the current directory; later again, for what is new"),
        ("spindle archive ~/Photos dvd --to /srv/images --parity 15%", "onto DVDs with check data"),
        ("spindle archive /srv --exclude '*.tmp' --job Server --split", "with a name, and files larger than a disc divided"),
    ];

    internal ArchiveRequest ToRequest(ParseResult arguments) => new(
        _catalogue.Path(arguments),
        new()
        {
            Sources = [Paths.ExpandHome(arguments.GetRequiredValue(_path))],
            Excludes = arguments.GetValue(_exclude)!,
            Job = arguments.GetValue(_job),
            Client = arguments.GetValue(_client),
        },
        _plan.Of(arguments, arguments.GetRequiredValue(_capacity)),
        _write.Of(arguments));
}
