// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using Spindle.Burning;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Burning;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle burn IMAGE</c>: an image becomes verified discs.</summary>
internal sealed class BurnCommand : Command, IHasExamples
{
    private readonly Argument<string> _image = new("image") { Description = "The image to burn, or the number of a disc of the catalogue whose image was written", CompletionSources = { Values.Files } };

    private readonly Option<string[]> _drives = new("--drive")
    {
        Description = "The drive that burns, such as /dev/sr0; several burn side by side [default: the only one]",
        HelpName = "DEVICE",
        CompletionSources = { Values.Drives },
    };

    private readonly Option<int> _copies = new("--copies") { Description = "Copies that are to hold; further discs are asked for", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<int?> _speed = new("--speed") { Description = "Burn no faster than N times the disc's own speed, 4 for 4x; else as fast as the drive likes", HelpName = "N" };

    private readonly Option<bool> _simulate = new("--simulate") { Description = "Do all of it with the laser dark (CD, DVD-R and DVD-RW only)" };

    private readonly Option<string> _verify = new("--verify")
    {
        Description = "How each copy is proven: same (read in the same drive, out of it and in again before that), none",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "same",
    };

    private readonly Option<bool> _blank = new("--blank") { Description = "What is on a CD-RW, DVD-RW, DVD+RW, DVD-RAM or BD-RE may be lost" };

    private readonly Option<string?> _place = new("--place") { Description = "Where the copies will be kept, for the catalogue", HelpName = "TEXT" };

    private readonly Option<string?> _medium = new("--medium") { Description = "What the wrapper says of the blank discs, for the catalogue", HelpName = "TEXT" };

    private readonly CatalogueOption _catalogue = new();

    public BurnCommand(CommandContext context)
        : base("burn", "Burn an image onto discs, and prove each of them")
    {
        _verify.AcceptOnlyFromAmong("same", "none");
        Add(_image);
        Add(_drives);
        Add(_copies);
        Add(_speed);
        Add(_simulate);
        Add(_verify);
        Add(_blank);
        Add(_place);
        Add(_medium);
        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(BurnVerb.Verb, arguments, ToRequest, new BurnText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle burn disc.iso --drive /dev/sr0", "the disc is burned, closed, taken out and in, and compared with the image, sector by sector"),
        ("spindle burn disc.iso --drive /dev/sr0 --drive /dev/sr1 --copies 2", "two copies side by side, of different brands if you have them"),
        ("spindle burn disc.iso --drive /dev/sr0 --copies 3 --speed 4", "three copies at 4x, one after the other; you are asked for each blank disc"),
        ("spindle burn 3 --drive /dev/sr0 --place 'bank vault' --medium 'Brand X, lot 7, 2026-03'", "disc 3 of the archive; 'spindle discs 3' shows the copy from now on"),
        ("spindle burn disc.iso --drive /dev/sr0 --blank", "a rewritable disc is used again"),
    ];

    internal BurnImageRequest ToRequest(ParseResult arguments)
    {
        (string what, string? place, string? medium) = (arguments.GetRequiredValue(_image), arguments.GetValue(_place), arguments.GetValue(_medium));
        int? disc = int.TryParse(what, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        string catalogue = _catalogue.Path(arguments);
        bool isRemembered = _catalogue.IsNamed(arguments) || disc is not null || place is not null || medium is not null || File.Exists(catalogue);
        return RequestOf(arguments) with
        {
            Image = disc is null ? Paths.ExpandHome(what) : null,
            Disc = disc,
            Place = place,
            Medium = medium,
            Catalogue = isRemembered ? catalogue : null,
        };
    }

    private BurnImageRequest RequestOf(ParseResult arguments) => new()
    {
        Drives = [.. (arguments.GetValue(_drives) ?? []).Select(Paths.ExpandHome)],
        Copies = arguments.GetValue(_copies),
        Speed = arguments.GetValue(_speed),
        Simulate = arguments.GetValue(_simulate),
        Verify = Enum.Parse<BurnVerification>(arguments.GetValue(_verify)!, ignoreCase: true),
        Blank = arguments.GetValue(_blank),
    };
}
