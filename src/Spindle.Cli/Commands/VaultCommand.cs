// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Station.Vaults;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle vault</c>: objects that programs put here by S3, on their way to discs and back.</summary>
internal sealed class VaultCommand : Command, IHasExamples
{
    private readonly CommandContext _context;
    private readonly CatalogueOption _catalogue = new();

    private readonly Option<string> _landing = new("--landing") { Description = "The folder for what is not on discs only; a new one, or an empty one", HelpName = "DIR", Required = true, CompletionSources = { Values.Directories } };
    private readonly Option<int?> _copies = new("--copies") { Description = "Verified copies on discs that an object must have before its room is given back (1)", HelpName = "COUNT" };
    private readonly Option<string?> _landingSize = new("--landing-size") { Description = "What the landing may hold, such as 500GB; without it as much as there is room for", HelpName = "SIZE" };

    private readonly Option<int?> _limit = new("--limit") { Description = "List so many objects at most", HelpName = "COUNT" };
    private readonly Argument<string?> _what = new("what") { Description = "BUCKET, or BUCKET/PREFIX; without it the buckets", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string> _bucket = new("bucket") { Description = "The bucket" };
    private readonly Argument<string?> _wish = new("what") { Description = "BUCKET, or BUCKET/PREFIX: ask for that; without it for nothing new", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string[]> _archive = new("--archive") { Description = "Only keys like this come onto discs; may be given several times, '' for all", HelpName = "PATTERN" };
    private readonly Option<string?> _smallest = new("--smallest") { Description = "Only objects of that size and more come onto discs", HelpName = "SIZE" };
    private readonly Option<double?> _age = new("--age") { Description = "Only objects that are so many days old come onto discs", HelpName = "DAYS" };
    private readonly Option<double?> _stay = new("--stay") { Description = "Objects stay in the landing for so many days at least", HelpName = "DAYS" };
    private readonly Option<string?> _defaultClass = new("--default-class") { Description = "The storage class of what is put without one, such as GLACIER; none for none", HelpName = "CLASS" };
    private readonly Option<string?> _asStandard = YesNo("--restored-as-standard", "Tell programs that what was fetched is STANDARD: 'aws s3 sync' reads no other");
    private readonly Option<string?> _worm = YesNo("--worm", "Let nobody delete or overwrite what is on a disc");
    private readonly Option<string?> _hold = YesNo("--hold", "Let nobody delete or overwrite anything");

    private readonly Option<string> _size = new("--size")
    {
        Description = $"What a disc holds: {string.Join(", ", Capacity.Names)}, or sectors (12219392s), or bytes (25GB)",
        HelpName = "CAPACITY",
        Required = true,
        CompletionSources = { Values.Capacities },
    };

    private readonly Option<string[]> _to = new("--to")
    {
        Description = "The folder of the images; of several, each has a copy of each disc. In one folder, further copies are in copy-1, copy-2…",
        HelpName = "DIR",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Directories },
    };

    private readonly Option<bool> _now = new("--now") { Description = "Make a disc that is not full, too; without it, objects wait until nine tenths of one are there" };
    private readonly Option<string?> _reserve = new("--reserve") { Description = "Leave so much of each disc empty, such as 5%", HelpName = "PERCENT" };
    private readonly Option<string?> _parity = new("--parity") { Description = "Give each disc check data of its own (RS03), such as 15%", HelpName = "PERCENT" };
    private readonly Option<bool> _split = new("--split") { Description = "Divide objects that are larger than a disc; otherwise they are an error" };
    private readonly Option<bool> _burn = new("--burn") { Description = "Then burn all discs of the catalogue until each has as many verified copies as the vault promises; copies are no images then" };
    private readonly BurnOptions _how = new("--verify-discs");
    private readonly Option<string?> _keep = new("--keep") { Description = "Leave so much in the landing, such as 100GB; without it all that may go, goes", HelpName = "SIZE" };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Images, drives, mounted discs, and folders of these; images that are where they were written are found by themselves",
        HelpName = "SOURCE",
        AllowMultipleArgumentsPerToken = true,
        CompletionSources = { Values.Files },
    };

    private readonly Option<int> _days = new("--days") { Description = "So many days it is to stay when it is here", HelpName = "DAYS", DefaultValueFactory = _ => 7 };
    private readonly Option<bool> _wait = new("--wait") { Description = "Ask for the discs that are not at hand, one after the other" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Ask for nothing: tell which discs it takes" };

    public VaultCommand(CommandContext context)
        : base("vault", "Keep objects of S3 on discs of your own: 'spindle serve --s3-urls' takes them in")
    {
        _context = context;
        Add(VaultTask.Init, "Give a catalogue a vault; the catalogue is made where there is none", _landing, _copies, _landingSize);
        Add(VaultTask.Status, "Tell how much is where");
        Add(VaultTask.Ls, "List buckets, or the objects of one: where each is, and on which discs", _what, _limit);
        Add(VaultTask.Wanted, "Tell which discs somebody waits for; exit code 2 while there are any");
        Add(VaultTask.Rules, "Tell the rules of a bucket, or set them", _bucket, _archive, _smallest, _age, _stay, _defaultClass, _asStandard, _worm, _hold);
        Add(VaultTask.Pack, "Bring objects onto discs: plan them, write their images, and read each back", _size, _to, _now, _reserve, _parity, _split, _burn);
        Command pack = Subcommands.Single(command => command.Name == "pack");
        _how.AddTo(pack);
        pack.Validators.Add(arguments =>
        {
            if (!arguments.GetValue(_burn) && _how.Given(arguments).FirstOrDefault() is { } option)
            {
                arguments.AddError($"{option} is for --burn");
            }
        });
        Add(VaultTask.Evict, "Give the landing its room back: what has its verified copies on discs goes", _keep);
        Add(VaultTask.Thaw, "Ask for objects that are on discs only, and fetch all that is asked for from the discs at hand", _wish, _from, _days, _wait, _dryRun);
        Add(new VaultKeyCommand(context));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle vault init --landing /srv/vault --copies 2", "in catalogue.db; objects are taken out of /srv/vault when they are on two discs, each read back"),
        ("spindle vault key add backup", "prints the key with which rclone, aws, s3cmd or restic get in, once"),
        ("spindle serve --s3-urls http://127.0.0.1:9000", "takes objects in and gives them back"),
        ("spindle vault pack --size bd --to /srv/images", "when a disc's worth is there; 'spindle burn' makes discs of the images"),
        ("spindle vault pack --size bd --to /srv/images --burn --drive /dev/sr0 --drive /dev/sr1", "burns them, as many verified copies as was promised; the same again goes on where it was stopped"),
        ("spindle vault evict", "what is on enough discs leaves the landing"),
        ("spindle vault thaw photos/2019/ --from /srv/images", "these objects are here again for a week"),
    ];

    private static Option<string?> YesNo(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "yes|no" };
        option.AcceptOnlyFromAmong("yes", "no");
        return option;
    }

    internal VaultRequest ToRequest(ParseResult arguments, VaultTask task) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Task = task,
        Landing = task == VaultTask.Init ? Paths.ExpandHome(arguments.GetRequiredValue(_landing)) : null,
        Copies = arguments.GetValue(_copies),
        LandingSize = arguments.GetValue(_landingSize),
        What = task switch
        {
            VaultTask.Ls => arguments.GetValue(_what),
            VaultTask.Rules => arguments.GetValue(_bucket),
            VaultTask.Thaw => arguments.GetValue(_wish),
            _ => null,
        },
        Limit = arguments.GetValue(_limit),
        Rules = task == VaultTask.Rules ? RulesOf(arguments) : null,
        Plan = task != VaultTask.Pack ? null : new()
        {
            Capacity = arguments.GetRequiredValue(_size),
            ReservePercent = Percent.Parse("--reserve", arguments.GetValue(_reserve), 90) ?? 0,
            ParityPercent = Percent.Parse("--parity", arguments.GetValue(_parity), 200),
            SplitsFiles = arguments.GetValue(_split),
        },
        Directories = [.. (arguments.GetValue(_to) ?? []).Select(Paths.ExpandHome)],
        Now = arguments.GetValue(_now),
        Burn = task == VaultTask.Pack && arguments.GetValue(_burn) ? _how.Of(arguments) : null,
        Keep = arguments.GetValue(_keep),
        Sources = [.. (arguments.GetValue(_from) ?? []).Select(Paths.ExpandHome)],
        Days = task == VaultTask.Thaw ? arguments.GetValue(_days) : 7,
        Wait = arguments.GetValue(_wait),
        DryRun = arguments.GetValue(_dryRun),
    };

    private RulesChoice? RulesOf(ParseResult arguments)
    {
        RulesChoice choice = new()
        {
            Archive = arguments.GetResult(_archive) is null ? null : [.. (arguments.GetValue(_archive) ?? []).Where(pattern => pattern.Length > 0)],
            SmallestSize = arguments.GetValue(_smallest),
            MinimumAge = arguments.GetValue(_age),
            MinimumStay = arguments.GetValue(_stay),
            DefaultClass = arguments.GetValue(_defaultClass),
            RestoredAsStandard = Is(_asStandard),
            Worm = Is(_worm),
            Hold = Is(_hold),
        };
        return choice == new RulesChoice() ? null : choice;

        bool? Is(Option<string?> option) => arguments.GetValue(option) is { } word ? word == "yes" : null;
    }

    private void Add(VaultTask task, string description, params Symbol[] symbols)
    {
        Command command = this.AddWord(task.ToString().ToLowerInvariant(), description, symbols);
        _catalogue.AddTo(command);
        command.SetAction((arguments, cancellationToken) => _context.RunAsync(VaultVerb.Verb, arguments, words => ToRequest(words, task), new VaultText(), cancellationToken));
    }
}
