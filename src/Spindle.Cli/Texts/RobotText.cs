// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Media;
using Spindle.Station.Robots;

namespace Spindle.Cli.Texts;

/// <summary>What lies where in a robot, and what was moved.</summary>
internal sealed class RobotText : IText<RobotDocument>
{
    private const int SlotsShown = 60;

    public void Write(RobotDocument document, TextLines lines)
    {
        if (document.Interrupted is { } interrupted)
        {
            lines.Bad($"[yellow]A move from {interrupted.From} to {interrupted.To} was cut off: {(interrupted.At is { } at ? $"the disc is in {at}" : "nobody knows where the disc is")}.[/]");
        }

        if (document.Forgotten.Count > 0)
        {
            lines.Bad($"[yellow]{(document.Events.Count > 0 ? $"{Words(document.Events)}: what" : "What")} was known of {TextLines.Count(document.Forgotten.Count, "place", "places")} is not believed any more; 'spindle robot import' looks.[/]");
        }

        if (document.Task is RobotTask.Status or RobotTask.Inventory)
        {
            WritePlaces(document, lines);
        }
        else if (document.Task == RobotTask.Import)
        {
            WriteDiscs(document, lines);
        }
        else
        {
            foreach (MovePart move in document.Moves.Where(move => move.Outcome == MoveOutcome.Moved && !lines.IsQuiet))
            {
                lines.Line($"[green]{move.From} -> {move.To}[/]{(move.Ready == false ? ": the drive makes nothing of the disc" : "")}");
            }
        }

        if (document.Places.Any(place => place is { Place: "arm", Content: PlaceContent.Full }))
        {
            lines.Bad($"[red]There is a disc in the arm.[/] 'spindle robot move arm SLOT' puts it down.");
        }
    }

    private static void WritePlaces(RobotDocument document, TextLines lines)
    {
        PlacePart[] slots = [.. document.Places.Where(place => RobotPlace.TryParse(place.Place, out RobotPlace slot) && slot.Kind == PlaceKind.Slot)];
        int full = slots.Count(slot => slot.Content == PlaceContent.Full);
        lines.Line($"[blue]{document.Robot.Name ?? document.Robot.Device}[/]  {document.Robot.Description ?? "unknown robot"} ({JsonForm.Word(document.Robot.Driver)})");
        if (lines.IsQuiet)
        {
            return;
        }

        if (slots.Length > 0)
        {
            lines.Value("Slots", $"{TextLines.Number(slots.Length)}, {TextLines.Number(full)} full, {TextLines.Number(slots.Count(slot => slot.Disc is not null))} known");
        }

        foreach (PlacePart place in document.Places.Except(slots).Where(place => place.Place != "arm" || place.Content != PlaceContent.Empty))
        {
            WritePlace(place, lines);
        }

        lines.Some([.. slots.Where(slot => slot.Content != PlaceContent.Empty || slot.Trouble is not null)], SlotsShown, slot => WritePlace(slot, lines));
    }

    private static void WritePlace(PlacePart place, TextLines lines)
    {
        string what = place.Content switch { PlaceContent.Full => "full", PlaceContent.Empty => "empty", _ => "unknown" };
        string disc = place.Disc is { } known ? $", {known.Name ?? known.Identity}" : "";
        string rest = $"{(place.Barcode is { } tag ? $", {tag}" : "")}{disc}{(place.Source is { } source ? $", from {source}" : "")}{(place.Trouble is { } trouble ? $"; {trouble}" : "")}";
        lines.Value(place.Place, $"{(place.Drive is { } drive ? $"{drive}, " : "")}{what}{rest}");
    }

    private static void WriteDiscs(RobotDocument document, TextLines lines)
    {
        foreach (ImportedDiscPart disc in document.Discs)
        {
            if (disc.Identity is not null && !lines.IsQuiet)
            {
                string number = disc.Disc is { } known ? $", disc {TextLines.Number(known)}{(disc.Copy is { } copy ? $", copy {copy}" : "")}" : "";
                lines.Value(disc.Slot, $"{disc.Name ?? "no name"}{number}{(disc.Barcode is { } tag ? $", {tag}" : "")}");
            }

            if (disc.Error is { } error)
            {
                lines.Bad($"[red]{disc.Slot}: {error.What}[/]  [[{error.Code}]]");
            }
        }

        if (!lines.IsQuiet)
        {
            int unknown = document.Discs.Count(disc => disc.Identity is null);
            lines.Line($"{TextLines.Count(document.Discs.Count - unknown, "disc was", "discs were")} looked at{(unknown > 0 ? $", {TextLines.Number(unknown)} could not be" : "")}.");
        }
    }

    private static string Words(IReadOnlyList<RobotEvent> events) => events.Contains(RobotEvent.MailOpened) ? "A mail slot was opened"
        : events.Contains(RobotEvent.Changed) ? "Somebody opened the robot" : "The robot was switched on, or reset";
}
