// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle write [N]</c>: makes the image of a planned disc.</summary>
internal sealed class WriteCommand : Command, IHasExamples
{
    private readonly Argument<int> _disc = new("disc") { Description = "Number of the disc, from 0", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => 0 };

    private readonly Option<bool> _all = new("--all") { Description = "All discs of the plan; what is finished is not made again" };

    private readonly CatalogueOption _catalogue = new();
    private readonly WriteOptions _options = new();

    public WriteCommand(CommandContext context)
        : base("write", "Make the image of a planned disc: UDF and ISO 9660, with the archive's catalogue on it")
    {
        Aliases.Add("write_iso");
        Aliases.Add("create_iso");
        Add(_disc);
        Add(_all);
        _catalogue.AddTo(this);
        _options.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(WriteVerb.Verb, arguments, ToRequest, new WriteText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle write", "disc 0, as JOB_0000.iso in the current directory"),
        ("spindle write --all --to /srv/images", "all discs; run it again to go on where it was stopped"),
        ("spindle write 4 --no-set", "without adding it to its set; no parity discs are made"),
        ("spindle write 3 --overwrite", "disc 3 again, years later: the same bytes"),
    ];

    internal WriteDiscsRequest ToRequest(ParseResult arguments) =>
        new(_catalogue.Path(arguments), arguments.GetValue(_all) ? null : arguments.GetValue(_disc), _options.Of(arguments));
}

/// <summary>How discs are written, which <c>archive</c> has, too.</summary>
internal sealed class WriteOptions
{
    private readonly Option<string> _to = new("--to") { Description = "The directory of the images", HelpName = "DIR", DefaultValueFactory = _ => "." };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Make images again that are there" };

    private readonly Option<bool> _dryRun = new("--dry-run", "--pretend") { Description = "Do everything but write" };

    private readonly Option<bool> _noSet = new("--no-set") { Description = "Leave the sums of sets alone: no parity discs are made" };

    private readonly Option<string> _verify = new("--verify")
    {
        Description = "image: read each image again from storage when it is written; none: do not",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "image",
    };

    public void AddTo(Command command)
    {
        _verify.AcceptOnlyFromAmong("image", "none");
        command.Add(_to);
        command.Add(_overwrite);
        command.Add(_dryRun);
        command.Add(_verify);
        command.Add(_noSet);
    }

    public bool IsDryRun(CommandResult arguments) => arguments.GetValue(_dryRun);

    public WriteChoice Of(ParseResult arguments) => new()
    {
        Directory = Paths.ExpandHome(arguments.GetValue(_to)!),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
        DryRun = arguments.GetValue(_dryRun),
        NoSet = arguments.GetValue(_noSet),
        ReadBack = arguments.GetValue(_verify) == "image",
    };
}
