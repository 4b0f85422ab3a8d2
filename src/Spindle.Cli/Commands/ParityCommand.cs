// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Parity.DiscSet;
using Spindle.Station.Sets;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle parity</c>: sets of discs, of which any so many may be lost as there are parity discs.</summary>
internal sealed class ParityCommand : Command, IHasExamples
{
    private readonly CommandContext _context;

    private readonly Argument<string[]> _sources = new("sources")
    {
        Description = "Images, files of parity, and folders of these",
        Arity = ArgumentArity.OneOrMore,
        HelpName = "sources",
        CompletionSources = { Values.Files },
    };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Images that are left, files of parity, and folders of these; a drive, into which discs are put one after the other",
        HelpName = "SOURCE",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string> _to = new("--to") { Description = "The folder to write to; it is made where it is not there", HelpName = "DIR", Required = true, CompletionSources = { Values.Directories } };

    private readonly Argument<string[]> _images = new("images")
    {
        Description = "Images, and folders of these; none to close a set",
        Arity = ArgumentArity.ZeroOrMore,
        HelpName = "images",
        CompletionSources = { Values.Files },
    };

    private readonly Option<int?> _parityDiscs = new("--parity-discs")
    {
        Description = $"Parity discs, 1 to {SetCode.MostRows}: so many of all may be lost (2); other programs restore from up to {SetCode.MostRowsOfPar1}",
        HelpName = "COUNT",
    };

    private readonly Option<string?> _name = new("--name") { Description = "The set's name; without it, what the images' names have in common", HelpName = "NAME" };

    private readonly Option<string?> _capacity = new("--capacity")
    {
        Description = $"Make images of the parity discs, to be burned on such media: {string.Join(", ", Capacity.Names)}, or sectors (12219392s), or bytes",
        HelpName = "CAPACITY",
        CompletionSources = { Values.Capacities },
    };

    private readonly Option<bool> _open = new("--open") { Description = "Add the images to a set that stays open; they are not needed for its parity any more" };

    private readonly Option<bool> _close = new("--close") { Description = "Make the parity of an open set" };

    private readonly Option<string[]> _extend = new("--extend")
    {
        Description = "Add the images to the set whose parity is there, in folders or images of parity discs; its other images are not needed",
        HelpName = "PARITY",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Files },
    };

    private readonly Option<string[]> _lost = new("--lost") { Description = "Members that count as lost, whatever is there", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Write nothing: tell what could be made" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files of that folder" };

    public ParityCommand(CommandContext context)
        : base("parity", "Make parity of a set of discs, so that lost discs can be made again; check and repair sets")
    {
        _context = context;
        Add(ParityTask.Create, "Make the parity of a set of images", _images, _to, _parityDiscs, _name, _capacity, _open, _close, _extend, _overwrite);
        Add(ParityTask.List, "Tell what of a set is there, and how many more may be lost", _sources);
        Add(ParityTask.Check, "Read all of a set that is there, and hold it against what it was", _sources);
        Add(ParityTask.Repair, "Make lost discs again, and mend damaged ones", _from, _to, _lost, _dryRun, _overwrite);
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle parity create discs --to parity --parity-discs 2 --capacity bd", "images of two discs: any two of all may be lost then"),
        ("spindle parity create discs/Photos_0007.iso --to parity --open", "one image more, which may be deleted then; --close makes the parity of all"),
        ("spindle parity create new --to parity2 --extend parity", "new parity of the set and of more discs; of the old ones, none is read"),
        ("spindle parity list discs parity", "what is missing, and how many more may be lost"),
        ("spindle parity check discs parity", "every piece is read, and the parity held against the discs"),
        ("spindle parity repair --from /dev/sr0 --to restored", "disc after disc in a drive, in any order; a parity disc first"),
        ("spindle parity repair --from discs parity --to restored", "lost discs are made again, damaged ones mended; what is left is only read"),
    ];

    internal ParityRequest ToRequest(ParseResult arguments) => new()
    {
        Task = TaskOf(arguments),
        Sources = [.. (arguments.GetValue(_from) is { Length: > 0 } from ? from : arguments.GetValue(TaskOf(arguments) == ParityTask.Create ? _images : _sources) ?? []).Select(Paths.ExpandHome)],
        Target = arguments.GetValue(_to) is { } target ? Paths.ExpandHome(target) : null,
        ParityDiscs = arguments.GetValue(_parityDiscs),
        Name = arguments.GetValue(_name),
        Capacity = arguments.GetValue(_capacity),
        Open = arguments.GetValue(_open),
        Close = arguments.GetValue(_close),
        Extends = [.. (arguments.GetValue(_extend) ?? []).Select(Paths.ExpandHome)],
        Lost = arguments.GetValue(_lost) ?? [],
        DryRun = arguments.GetValue(_dryRun),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };

    private static ParityTask TaskOf(ParseResult arguments) => Enum.Parse<ParityTask>(arguments.CommandResult.Command.Name, ignoreCase: true);

    private void Add(ParityTask task, string description, params Symbol[] symbols)
    {
        Command command = this.AddWord(task.ToString().ToLowerInvariant(), description, symbols);
        command.SetAction((arguments, cancellationToken) => _context.RunAsync(ParityVerb.Verb, arguments, ToRequest, new SetText(), cancellationToken));
    }
}
