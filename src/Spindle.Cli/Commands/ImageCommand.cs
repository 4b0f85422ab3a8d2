// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Media;
using Spindle.Station.CommandLines;
using Spindle.Station.Imaging;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle image [SOURCE]</c>: a disc, device or image file becomes a proven image with its record.</summary>
internal sealed class ImageCommand : Command, IHasExamples
{
    private readonly Argument<string?> _source = new("source")
    {
        Description = "The drive, block device or image file to read, such as /dev/sr0 (D: on Windows, disk2 on macOS); without it, on a terminal, you are asked",
        Arity = ArgumentArity.ZeroOrOne,
        CompletionSources = { Values.Drives, Values.Files },
    };

    private readonly Option<string?> _filename = new("--filename")
    {
        Description = "Name of the image, without .iso [default: the volume's name]",
        HelpName = "NAME",
    };

    private readonly Option<string> _directory = new("--dir")
    {
        Description = "Where the image gets its folder, DIR/NAME",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string?> _operator = new("--operator") { Description = "Who does this, for the record", HelpName = "NAME" };

    private readonly Option<string?> _identifier = new("--identifier") { Description = "The disc's call number or the like, for the record and the catalogue", HelpName = "TEXT" };

    private readonly Option<string?> _title = new("--title") { Description = "What the disc is called, for the record and the catalogue", HelpName = "TEXT" };

    private readonly Option<string?> _note = new("--note") { Description = "What else is to be remembered of it", HelpName = "TEXT" };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be done; touch nothing, write nothing" };

    private readonly Option<bool> _noVerification = new("--no-verification") { Description = "The same as --verify none" };

    private readonly Option<string> _hash = new("--hash")
    {
        Description = $"Checksums to make, separated by commas: {string.Join(", ", HashKind.All.Select(kind => kind.Name))}",
        HelpName = "LIST",
        CompletionSources = { Values.Hashes },
        DefaultValueFactory = _ => string.Join(',', ImagingRequest.DefaultHashes.Select(kind => kind.Name)),
    };

    private readonly Option<string> _verify = new("--verify")
    {
        Description = "What is read a second time: image (from its storage, not from the cache), disc (the disc itself, too), none",
        HelpName = "WHAT",
        DefaultValueFactory = _ => "image",
    };

    private readonly Option<int> _retries = new("--retries")
    {
        Description = "How often a sector that failed is tried again",
        HelpName = "N",
        DefaultValueFactory = _ => ImagingRequest.DefaultRetries,
    };

    private readonly Option<int?> _speed = new("--speed")
    {
        Description = "Read no faster than N times the disc's own speed, 4 for 4x; else as fast as the drive likes, and slowly where bad sectors are tried again",
        HelpName = "N",
    };

    private readonly Option<int?> _session = new("--session") { Description = "Image this session only, from 1; else all data of the disc", HelpName = "N" };

    private readonly Option<string?> _map = new("--map") { Description = "Keep the rescue map (GNU ddrescue's) in this file", HelpName = "FILE" };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on with an unfinished copy, or improve a damaged image" };

    private readonly Option<bool> _repair = new("--repair")
    {
        Description = "Restore what cannot be read by the parity on the disc, where it carries some; without this, you are asked on a terminal",
    };

    private readonly Option<bool> _noEject = new("--no-eject") { Description = "Leave the disc in the drive" };

    private readonly CharsetOption _charset = new();
    private readonly Option<bool> _noTree = new("--no-tree") { Description = "Write no list of the files on the disc" };

    private readonly Option<bool> _noStructure = new("--no-structure") { Description = "Do not analyse the file systems" };

    private readonly Option<bool> _bag = new("--bag") { Description = "Make the folder a bag (RFC 8493), everything in its data folder" };

    private readonly Option<bool> _premis = new("--premis") { Description = "Write a PREMIS 3 record, too" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an image of that name, once the new one is proven" };

    private readonly Option<bool> _loop = new("--loop") { Description = "When a disc is done or refused, wait for the next one, until Ctrl-C" };

    private readonly CatalogueOption _catalogue = new();

    private readonly Option<string?> _place = new("--place") { Description = "Where the disc is kept, for the catalogue", HelpName = "TEXT" };

    private readonly CommandContext _context;

    public ImageCommand(CommandContext context)
        : base("image", "Make a bit-perfect image of a disc, with proof and record")
    {
        _context = context;
        Add(_source);
        _verify.AcceptOnlyFromAmong("image", "disc", "none");
        foreach (Option option in new Option[]
        {
            _filename, _directory, _operator, _identifier, _title, _note, _dryRun, _noVerification, _hash, _verify, _retries, _speed, _session, _map, _resume, _repair, _noEject,
            _noTree, _charset, _noStructure, _bag, _premis, _overwrite, _loop,
        })
        {
            Add(option);
        }

        _catalogue.AddTo(this);
        Add(_place);
        SetAction((arguments, cancellationToken) => arguments.GetValue(_loop)
            ? context.RunAsync(ImageVerb.Loop, arguments, ToLoopRequest, new ImageText(), cancellationToken)
            : context.RunAsync(ImageVerb.Verb, arguments, (words, questions) => ToRequest(words) ?? AskFor(words, questions), new ImageText(), cancellationToken));
    }

    /// <summary>What is said of one disc cannot be said of many.</summary>
    private ImageRequest ToLoopRequest(ParseResult arguments)
    {
        Option[] ofOneDisc = [_filename, _session, _resume, _map, _identifier, _title, _noEject, _dryRun];
        return ofOneDisc.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } other
            ? throw new UsageException($"--loop and {other.Name} do not go together", "leave one of them out")
            : ToRequest(arguments) ?? throw new UsageException("--loop, and no drive is named", "name the drive: spindle image /dev/sr0 --loop");
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle image /dev/sr0 --dir ~/discs --operator anna", "the disc becomes ~/discs/VOLUME/VOLUME.iso with its record, and is ejected"),
        ("spindle image /dev/sr0 --filename box12-07 --verify disc", "the disc is read twice, and both readings must agree"),
        ("spindle image /dev/sr0 --identifier MS-1998-12 --title 'Board minutes' --note 'cracked case'", "what the label says goes into the record"),
        ("spindle image /dev/sr1 --filename box12-07 --resume", "what the first drive could not read is tried in another one"),
        ("spindle image /dev/sr0 --dir ~/discs --loop", "one disc after the other, each named by its volume; insert the next one when the tray opens"),
        ("spindle image /dev/sr0 --filename box12-08 --catalogue discs.db --place 'box 12'", "its files are found later with 'spindle find', without the disc"),
    ];

    /// <summary>Command line to request: no I/O and no defaults but those above, so a test can call it.</summary>
    /// <returns>Null where no source is named.</returns>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    internal ImageRequest? ToRequest(ParseResult arguments) => arguments.GetValue(_source) is { } source
        ? new()
        {
            Source = Paths.ExpandHome(source),
            Directory = Paths.ExpandHome(arguments.GetValue(_directory)!),
            Name = ImageName.Of(arguments.GetValue(_filename)),
            Operator = arguments.GetValue(_operator),
            Identifier = arguments.GetValue(_identifier),
            Title = arguments.GetValue(_title),
            Note = arguments.GetValue(_note),
            Hashes = arguments.GetValue(_hash)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Verify = arguments.GetValue(_noVerification) ? VerifyMode.None : Enum.Parse<VerifyMode>(arguments.GetValue(_verify)!, ignoreCase: true),
            Retries = arguments.GetValue(_retries),
            Speed = arguments.GetValue(_speed),
            Session = arguments.GetValue(_session),
            Repair = arguments.GetValue(_repair),
            Map = arguments.GetValue(_map) is { } map ? Paths.ExpandHome(map) : null,
            Resume = arguments.GetValue(_resume),
            Overwrite = arguments.GetValue(_overwrite),
            Eject = !arguments.GetValue(_noEject),
            Tree = !arguments.GetValue(_noTree),
            Charset = arguments.GetValue(_charset),
            Structure = !arguments.GetValue(_noStructure),
            Bag = arguments.GetValue(_bag),
            Premis = arguments.GetValue(_premis),
            DryRun = arguments.GetValue(_dryRun),
            CommandLine = $"spindle {string.Join(' ', arguments.Tokens.Select(token => ShellWord.Quote(token.Value)))}",
            Catalogue = _catalogue.IsNamed(arguments) ? _catalogue.Path(arguments) : null,
            Place = arguments.GetValue(_place),
        }
        : null;

    private ImageRequest AskFor(ParseResult arguments, Questions questions) =>
        _context.Terminal.IsInteractive && !GlobalOptions.IsJson(arguments)
            ? Ask(arguments, questions)
            : throw new UsageException("no source is named", "name the drive, device or image file: spindle image /dev/sr0");

    private ImageRequest Ask(ParseResult arguments, Questions questions)
    {
        try
        {
            return new ImagingDialogue(questions).Ask(this, arguments);
        }
        catch (OperationCanceledException)
        {
            throw new OperationFailedException(new("cancelled", "stopped; nothing was done"));
        }
    }

    /// <summary>The request for a source that was asked for, with the answers in place of what the command line lacks.</summary>
    internal ImageRequest ToRequest(ParseResult arguments, string source, Func<string> askName, Func<string> askDirectory, Func<string> askOperator)
    {
        string[] words = [.. arguments.Tokens.Select(token => token.Value), source];
        return ToRequest(arguments.RootCommandResult.Command.Parse(words))! with
        {
            Name = ImageName.Of(arguments.GetValue(_filename) ?? askName()),
            Directory = Paths.ExpandHome(arguments.GetResult(_directory) is { Implicit: false } ? arguments.GetValue(_directory)! : askDirectory()),
            Operator = arguments.GetValue(_operator) ?? askOperator(),
        };
    }
}
