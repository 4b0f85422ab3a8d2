// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Globalization;
using Spindle.Changers;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Batches;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle batch</c>: a robot full of discs, or a stack of them, is worked through.</summary>
internal sealed class BatchCommand : Command, IHasExamples
{
    private readonly RobotOptions _robot;

    private readonly Option<string?> _form = new("--form") { Description = "The list of the discs: CSV with a line of headings: name, and where wanted slot, expect, notes", HelpName = "FILE", CompletionSources = { Values.Files } };

    private readonly Option<string?> _names = new("--names") { Description = "Without a list: what images are called, with {slot}, {number} or {barcode} in it", HelpName = "TEXT" };

    private readonly Option<string> _directory = new("--dir") { Description = "The folder of the batch: images, manifest.csv, and what is still to be done", HelpName = "DIR", Required = true, CompletionSources = { Values.Directories } };

    private readonly Option<string[]> _accept = new("--accept") { Description = "Slots for discs that were imaged whole, such as 31-40; else they go back where they were", HelpName = "SLOTS" };

    private readonly Option<string[]> _reject = new("--reject") { Description = "Slots for all others", HelpName = "SLOTS" };

    private readonly Option<string?> _onReject = new("--on-reject") { Description = "What becomes of the rest when a disc is rejected: go-on, stop [default: go-on; with piles, stop where a disc is not the expected one]", HelpName = "WHAT" };

    private readonly Option<string?> _operator = new("--operator") { Description = "Who does this, for the records", HelpName = "NAME" };

    private readonly Option<string> _verify = new("--verify") { Description = "What is read a second time: image, disc, none", HelpName = "WHAT", DefaultValueFactory = _ => "image" };

    private readonly Option<int> _retries = new("--retries") { Description = "How often a sector that failed is tried again", HelpName = "N", DefaultValueFactory = _ => ImagingRequest.DefaultRetries };

    private readonly Option<string?> _catalogue = new("--catalogue") { Description = "The catalogue that the discs are entered in", HelpName = "FILE", CompletionSources = { Values.Files } };

    public BatchCommand(CommandContext context)
        : base("batch", "Work through a robot full of discs, or a stack of them")
    {
        _robot = new(this);
        _onReject.AcceptOnlyFromAmong("go-on", "stop");
        _verify.AcceptOnlyFromAmong([.. Enum.GetValues<VerifyMode>().Select(JsonForm.Word)]);
        Command image = new("image", "Image disc after disc, as many at a time as there are drives; the same command goes on where it was cut off")
        {
            _form, _names, _directory, _accept, _reject, _onReject, _operator, _verify, _retries, _catalogue,
        };
        image.SetAction((arguments, cancellationToken) => context.RunAsync(BatchVerb.Verb, arguments, ToRequest, new BatchText(), cancellationToken));
        Add(image);
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle batch image --robot jukebox --form form.csv --dir box7", "each disc of the list, out of its slot and back into it; box7/manifest.csv tells of each"),
        ("spindle batch image --dir box7 --names 'BOX7-{slot}'", "all discs of the only robot, without a list"),
        ("spindle batch image --robot jukebox --form form.csv --dir box7 --reject 38-40", "what somebody has to look at is in slots 38 to 40"),
        ("spindle batch image --drives /dev/sr0,/dev/sr1 --form form.csv --dir box7", "by hand: you are asked for each disc"),
    ];

    internal BatchRequest ToRequest(ParseResult arguments) => new()
    {
        Task = Enum.Parse<BatchTask>(arguments.CommandResult.Command.Name, ignoreCase: true),
        Robot = _robot.ToChoice(arguments),
        Form = arguments.GetValue(_form) is { } form ? Paths.ExpandHome(form) : null,
        Names = arguments.GetValue(_names),
        Directory = Paths.ExpandHome(arguments.GetRequiredValue(_directory)),
        Accept = SlotsOf(arguments.GetValue(_accept), "--accept"),
        Reject = SlotsOf(arguments.GetValue(_reject), "--reject"),
        OnReject = arguments.GetValue(_onReject) switch { "stop" => RejectPolicy.Stop, "go-on" => RejectPolicy.GoOn, _ => RejectPolicy.AsUsual },
        Operator = arguments.GetValue(_operator),
        Verify = Enum.GetValues<VerifyMode>().Single(mode => JsonForm.Word(mode) == arguments.GetValue(_verify)),
        Retries = arguments.GetValue(_retries),
        Catalogue = arguments.GetValue(_catalogue) is { } catalogue ? Paths.ExpandHome(catalogue) : null,
    };

    /// <summary><c>31-33,40,mail1</c>.</summary>
    private static IReadOnlyList<string> SlotsOf(string[]? words, string option) => [.. (words ?? []).SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).SelectMany(slot =>
        slot.Split('-') is [var first, var last] && Number(first) is { } from && Number(last) is { } to && from <= to ? Enumerable.Range(from, to - from + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))
            : RobotPlace.TryParse(slot, out _) ? [slot] : throw new UsageException($"{option} {slot} names no slots", "such as 31-40, or 7,9,mail1"))];

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= RobotPlace.MostNumber ? number : null;
}
