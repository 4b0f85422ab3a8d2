// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle archive PATH [CAPACITY]</c>: scan, plan, write, and burn with <c>--burn</c>, in one go.</summary>
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

    private readonly Option<bool> _burn = new("--burn") { Description = "Then burn all discs of the catalogue that lack verified copies, as 'spindle burn --all' does" };

    private readonly BurnOptions _how = new("--verify-discs");

    public ArchiveCommand(CommandContext context)
        : base("archive", "Scan a directory, plan it onto discs, make their images, and burn them with --burn, in one go")
    {
        Add(_path);
        Add(_capacity);
        Add(_exclude);
        Add(_job);
        Add(_client);
        _catalogue.AddTo(this);
        _plan.AddTo(this);
        _write.AddTo(this);
        Add(_burn);
        _how.AddTo(this);
        Validators.Add(arguments =>
        {
            if (!arguments.GetValue(_burn) && _how.Given(arguments).FirstOrDefault() is { } option)
            {
                arguments.AddError($"{option} is for --burn");
            }
            else if (arguments.GetValue(_burn) && _write.IsDryRun(arguments))
            {
                arguments.AddError("--burn needs images, which --dry-run does not make");
            }
        });
        SetAction((arguments, cancellationToken) => context.RunAsync(ArchiveVerb.Verb, arguments, ToRequest, new WriteText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle archive ~/Photos", "onto Blu-ray discs: images in the current directory; later again, for what is new"),
        ("spindle archive ~/Photos dvd --to /srv/images --parity 15%", "onto DVDs with check data"),
        ("spindle archive ~/Photos --to /srv/images --burn --copies 2 --drive /dev/sr0 --drive /dev/sr1", "two verified copies of each disc; the same again goes on where it was stopped"),
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
        _write.Of(arguments))
    {
        Burn = arguments.GetValue(_burn) ? _how.Of(arguments) : null,
    };
}
