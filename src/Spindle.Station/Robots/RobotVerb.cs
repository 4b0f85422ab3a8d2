// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Serialization;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Changers.Opening;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary><c>robot</c>: what lies where in a robot, and moves of one disc.</summary>
public static class RobotVerb
{
    internal const string Name = "robot";

    /// <summary>The verb.</summary>
    public static Verb<RobotRequest, RobotDocument> Verb { get; } = new()
    {
        Name = Name,
        Request = RobotJson.Form.RobotRequest,
        Document = RobotJson.Form.RobotDocument,
        Stopped = new("cancelled", "stopped; a move that had begun was seen to its end"),
        RunAsync = (request, work, cancellationToken) => Task.Run(() => Run(request, work, cancellationToken), CancellationToken.None),
    };

    private static RobotDocument Run(RobotRequest request, Work work, CancellationToken cancellationToken)
    {
        if (request.Task != RobotTask.Import && (request.Slots.Count > 0 || request.Again || request.Catalogue is not null || request.Copy is not null))
        {
            throw Usage.Error("slots that are looked into, and a catalogue, are for import");
        }

        (DiscMover mover, RobotSettings settings, string? name) = request.Robot.Open(work);
        using (mover)
        {
            RobotView before = mover.Look(request.Task == RobotTask.Inventory, cancellationToken);
            List<MoveResult> moves = [];
            IReadOnlyList<ImportedDiscPart> discs = [];
            Failure? failure = null;
            switch (request.Task)
            {
                case RobotTask.Status or RobotTask.Inventory:
                    break;
                case RobotTask.Import:
                    RobotImport import = new(mover, request, name, work);
                    discs = import.Run(before, cancellationToken);
                    moves.AddRange(import.Moves);
                    failure = import.Failure;
                    break;
                default:
                    (RobotPlace from, RobotPlace to) = EndsOf(request, mover, before);
                    moves.Add(mover.Move(from, to, cancellationToken));
                    failure = MoveFailure.Of(moves[0]);
                    break;
            }

            (RobotView after, Failure? silent) = moves.Count == 0 ? (before, null) : LookAgain(mover, before);
            return new()
            {
                Task = request.Task,
                Robot = new(name, settings.Driver, mover.Robot.Name, mover.Robot.Description, mover.Robot.Kind),
                Moves = [.. moves.Select(MovePart.Of)],
                Interrupted = (before.Interrupted ?? after.Interrupted) is { } interrupted ? MovePart.Of(interrupted) : null,
                Events = [.. before.Inventory.Events.Union(after.Inventory.Events)],
                Forgotten = [.. before.Forgotten.Union(after.Forgotten).Select(place => place.ToString())],
                Discs = discs,
                Places = [.. after.Inventory.Elements.OrderBy(element => OrderOf(element.Place.Kind)).ThenBy(element => element.Place.Number).Select(element => PlaceOf(element, mover, after))],
                Failure = failure ?? silent,
            };
        }
    }

    /// <summary>After a move that went wrong the robot may say nothing more: what it said before is told then, and why.</summary>
    private static (RobotView View, Failure? Why) LookAgain(DiscMover mover, RobotView before)
    {
        try
        {
            return (mover.Look(anew: false, CancellationToken.None), null);
        }
        catch (OperationFailedException e)
        {
            return (before with { Inventory = new([.. before.Inventory.Elements.Select(element => new RobotElement(element.Place, PlaceContent.Unknown))], []), Known = new Dictionary<RobotPlace, KnownDisc>() }, e.Failure);
        }
    }

    private static (RobotPlace From, RobotPlace To) EndsOf(RobotRequest request, DiscMover mover, RobotView view)
    {
        RobotPlace? from = PlaceOf(request.From, mover, isDrive: request.Task == RobotTask.Unload), to = PlaceOf(request.To, mover, isDrive: request.Task == RobotTask.Load);
        if (request.Task == RobotTask.Load)
        {
            from ??= mover.Robot.Kind == RobotKind.Stacker ? RobotPlace.Next : throw Usage.Error("say which slot the disc is in", "'spindle robot status' tells what is where");
            to ??= view.Inventory.Of(PlaceKind.Drive).FirstOrDefault(drive => drive.Content != PlaceContent.Full)?.Place ?? throw Usage.Error("each drive of the robot has a disc in it", "'spindle robot unload' takes one out");
            Require(to.Value, PlaceKind.Drive, "a disc is loaded into a drive");
        }
        else if (request.Task == RobotTask.Unload)
        {
            RobotElement[] full = [.. view.Inventory.Of(PlaceKind.Drive).Where(drive => drive.Content != PlaceContent.Empty)];
            from ??= full is [var only] ? only.Place : throw Usage.Error(full.Length == 0 ? "no drive of the robot has a disc in it" : "several drives have a disc in them: say which", "'spindle robot status' tells what is where");
            Require(from.Value, PlaceKind.Drive, "a disc is unloaded from a drive");
            to ??= HomeOf(from.Value, mover, view) ?? throw Usage.Error("nobody knows where the disc came from, and no slot is empty", "say where it goes: 'spindle robot unload drive0 7'");
        }

        return (from ?? throw Usage.Error("say where the disc is"), to ?? throw Usage.Error("say where it goes"));
    }

    /// <summary>The slot that a disc came from, as we know, else as the robot says; else the first that is empty.</summary>
    private static RobotPlace? HomeOf(RobotPlace drive, DiscMover mover, RobotView view)
    {
        if (mover.Robot.Kind == RobotKind.Stacker)
        {
            return RobotPlace.Accept;
        }

        RobotPlace? home = view.Known.GetValueOrDefault(drive)?.Home is { } text && RobotPlace.TryParse(text, out RobotPlace known) ? known : view.Inventory[drive]?.Source;
        return home is { } slot && view.Inventory[slot]?.Content != PlaceContent.Full ? slot
            : view.Inventory.Of(PlaceKind.Slot).FirstOrDefault(element => element.Content == PlaceContent.Empty)?.Place;
    }

    private static void Require(RobotPlace place, PlaceKind kind, string what)
    {
        if (place.Kind != kind)
        {
            throw Usage.Error($"{what}, and {place.InWords()} is none", "'spindle robot move' brings discs from any place to any other");
        }
    }

    /// <param name="text">What was written; a drive's path will do, and where a drive is meant, its number.</param>
    /// <param name="mover">The robot.</param>
    /// <param name="isDrive">Whether a number alone is a drive's.</param>
    private static RobotPlace? PlaceOf(string? text, DiscMover mover, bool isDrive)
    {
        if (text is null)
        {
            return null;
        }

        int byPath = mover.Drives.ToList().FindIndex(drive => drive?.Path == text);
        return byPath >= 0 ? RobotPlace.Drive(byPath)
            : isDrive && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= RobotPlace.MostNumber ? RobotPlace.Drive(number)
            : RobotPlace.TryParse(text, out RobotPlace place) ? place
            : throw Usage.Error($"{text} is no place of a robot", "such as 7, mail1, drive0, arm, next, accept or reject");
    }

    private static int OrderOf(PlaceKind kind) => kind switch { PlaceKind.Drive => 0, PlaceKind.Arm => 1, PlaceKind.Mail => 2, _ => 3 };

    private static PlacePart PlaceOf(RobotElement element, DiscMover mover, RobotView view) => new(
        element.Place.ToString(),
        element.Content,
        element.Barcode,
        element.Source?.ToString(),
        element.Trouble,
        element.Place.Kind == PlaceKind.Drive ? mover.Drives.ElementAtOrDefault(element.Place.Number)?.Path : null,
        view.Known.TryGetValue(element.Place, out KnownDisc? disc) ? new(disc.Identity, disc.Name, disc.Seen) : null);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RobotRequest))]
[JsonSerializable(typeof(RobotDocument))]
[JsonSerializable(typeof(RobotSettings))]
internal sealed partial class RobotJson : JsonSerializerContext
{
    public static RobotJson Form { get; } = new(JsonForm.Options());
}
