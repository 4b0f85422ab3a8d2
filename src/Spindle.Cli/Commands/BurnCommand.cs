// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Spindle.Burning;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Burning;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle burn IMAGE…|N…|--all</c>: images become verified discs.</summary>
internal sealed class BurnCommand : Command, IHasExamples
{
    private readonly Argument<string[]> _what = new("what")
    {
        Description = "Images to burn, or numbers of discs of the catalogue whose images were written: those are burned until they have their copies",
        Arity = ArgumentArity.ZeroOrMore,
        CompletionSources = { Values.Files },
    };

    private readonly Option<bool> _all = new("--all") { Description = "All discs of the catalogue whose images were written, and which lack verified copies; run it again to go on where it was stopped" };

    private readonly Option<bool> _simulate = new("--simulate") { Description = "Do all of it with the laser dark (CD, DVD-R and DVD-RW only)" };

    private readonly BurnOptions _how = new("--verify");
    private readonly CatalogueOption _catalogue = new();

    public BurnCommand(CommandContext context)
        : base("burn", "Burn images onto discs, and prove each of them")
    {
        Add(_what);
        Add(_all);
        _how.AddTo(this);
        Add(_simulate);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(BurnVerb.Verb, arguments, ToRequest, new BurnText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle burn disc.iso --drive /dev/sr0", "the disc is burned, closed, taken out and in, and compared with the image, sector by sector"),
        ("spindle burn disc.iso --drive /dev/sr0 --drive /dev/sr1 --copies 2", "two copies side by side, of different brands if you have them"),
        ("spindle burn disc.iso --drive /dev/sr0 --copies 3 --speed 4", "three copies at 4x, one after the other; you are asked for each blank disc"),
        ("spindle burn 3 --drive /dev/sr0 --place 'bank vault' --medium 'Brand X, lot 7, 2026-03'", "disc 3 of the archive; 'spindle discs 3' shows the copy from now on"),
        ("spindle burn --all --copies 2 --drive /dev/sr0 --drive /dev/sr1", "until each disc of the archive has two verified copies; the same again goes on where it was stopped"),
        ("spindle burn disc.iso --drive /dev/sr0 --verify /dev/sr1", "read in another drive, which proves more: you bring the disc there"),
        ("spindle burn disc.iso --drive /dev/sr0 --blank", "a rewritable disc is used again"),
    ];

    internal BurnImagesRequest ToRequest(ParseResult arguments)
    {
        string[] what = arguments.GetValue(_what) ?? [];
        int[] discs = [.. what.Select(DiscOf).OfType<int>()];
        BurnChoice how = _how.Of(arguments) with { Simulate = arguments.GetValue(_simulate) };
        string catalogue = _catalogue.Path(arguments);
        bool isOfCatalogue = discs.Length > 0 || arguments.GetValue(_all) || how.Place is not null || how.Medium is not null;
        return new()
        {
            Images = [.. what.Where(word => DiscOf(word) is null).Select(Paths.ExpandHome)],
            Discs = discs,
            All = arguments.GetValue(_all),
            Catalogue = isOfCatalogue || _catalogue.IsNamed(arguments) || File.Exists(catalogue) ? catalogue : null,
            How = how,
        };
    }

    private static int? DiscOf(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

/// <summary>How discs are burned, which <c>archive</c> has, too.</summary>
/// <param name="verify">What the option is called that says how copies are proven.</param>
internal sealed class BurnOptions(string verify)
{
    private readonly Option<string[]> _drives = new("--drive")
    {
        Description = "The drive that burns, such as /dev/sr0; several burn side by side [default: the only one]",
        HelpName = "DEVICE",
        CompletionSources = { Values.Drives },
    };

    private readonly Option<int> _copies = new("--copies")
    {
        Description = "Copies of each image, or verified copies that a disc of the catalogue is to have; further discs are asked for",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _speed = new("--speed") { Description = "Burn no faster than N times the disc's own speed, 4 for 4x; else as fast as the drive likes", HelpName = "N" };

    private readonly Option<string> _verify = new(verify)
    {
        Description = "How each copy is proven: same (read in the drive that burned it, out of it and in again before that), another drive, such as /dev/sr1, into which you bring it, or none",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "same",
    };

    private readonly Option<bool> _blank = new("--blank") { Description = "What is on a CD-RW, DVD-RW, DVD+RW, DVD-RAM or BD-RE may be lost" };

    private readonly Option<string?> _place = new("--place") { Description = "Where the copies will be kept, for the catalogue", HelpName = "TEXT" };

    private readonly Option<string?> _medium = new("--medium") { Description = "What the wrapper says of the blank discs, for the catalogue", HelpName = "TEXT" };

    private readonly Option<string> _engine = new("--engine")
    {
        Description = "Who tells the drive what to do: native (Spindle itself), or the program xorriso, for drives that want something else; what proves a copy is the same",
        HelpName = "WHO",
        DefaultValueFactory = _ => "native",
    };

    private readonly Option<string?> _spare = new("--spare")
    {
        Description = "What of a BD-R or BD-RE is kept for bad sectors: none, or default (what the drive thinks best; writing takes twice as long) [default: of a BD-R none; of a BD-RE default, where there is room]",
        HelpName = "WHAT",
    };

    private readonly Option<string> _multi = new("--multi")
    {
        Description = "Whether something can be added to the disc later: no. An image is a disc of its own, and what is closed every drive reads",
        HelpName = "no",
        DefaultValueFactory = _ => "no",
    };

    private Option[] All => [_drives, _copies, _speed, _spare, _multi, _engine, _verify, _blank, _place, _medium];

    /// <summary>The names of those that were given.</summary>
    public IEnumerable<string> Given(CommandResult arguments) => All.Where(option => arguments.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    public void AddTo(Command command)
    {
        _engine.AcceptOnlyFromAmong("native", "xorriso");
        _spare.AcceptOnlyFromAmong("none", "default");
        _multi.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not "no")
            {
                result.AddError("discs are always closed: nothing can be added to one that holds an image, so --multi is no");
            }
        });
        _verify.CompletionSources.Add("same", "none");
        _verify.Validators.Add(result =>
        {
            // A mistyped word is no drive.
            if (result.GetValueOrDefault<string>() is { } value && value is not ("same" or "none") && !value.Contains('/') && !value.Contains('\\') && !value.Contains(':'))
            {
                result.AddError($"'{value}' is neither same nor none, nor a drive");
            }
        });
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    public BurnChoice Of(ParseResult arguments) => new()
    {
        Drives = [.. (arguments.GetValue(_drives) ?? []).Select(Paths.ExpandHome)],
        Copies = arguments.GetValue(_copies),
        Speed = arguments.GetValue(_speed),
        Spare = arguments.GetValue(_spare) switch
        {
            "none" => SpareChoice.None,
            "default" => SpareChoice.Default,
            _ => SpareChoice.AsUsual,
        },
        Engine = arguments.GetValue(_engine) == "xorriso" ? BurnEngine.Xorriso : BurnEngine.Native,
        Verify = arguments.GetValue(_verify) switch
        {
            "same" => BurnVerification.Same,
            "none" => BurnVerification.None,
            _ => BurnVerification.Other,
        },
        Verifier = arguments.GetValue(_verify) is "same" or "none" ? null : Paths.ExpandHome(arguments.GetValue(_verify)!),
        Blank = arguments.GetValue(_blank),
        Place = arguments.GetValue(_place),
        Medium = arguments.GetValue(_medium),
    };
}
