// SPDX-License-Identifier: MIT
using Spindle.Archiving.Sets;
using Spindle.Media;
using Spindle.Station.Sets;

namespace Spindle.Cli.Texts;

/// <summary>A set of discs whose parity was made, looked at, or used.</summary>
internal sealed class SetText : IText<ParityDocument>
{
    private const int MostShown = 20;

    public void Write(ParityDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            foreach (SetPart set in document.Sets)
            {
                Write(set, document, lines);
            }
        }

        lines.Some(document.Damaged, MostShown, range => lines.Bad($"[red]{range.Name}[/]: {TextLines.Bytes(range.Length)} from byte {TextLines.Number(range.From)} on are not as they were"));
        lines.Some(document.Restored, int.MaxValue, restored => Write(restored, lines));
        lines.Some(document.Beyond, MostShown, range => lines.Bad($"[red]{range.Name}[/]: {TextLines.Bytes(range.Length)} from byte {TextLines.Number(range.From)} on can't be made again"));
        lines.Failures(document.Concerns, isBad: true);
        lines.Failures(document.Warnings, isBad: false);
    }

    private static void Write(SetPart set, ParityDocument document, TextLines lines)
    {
        if (set.IsOpen)
        {
            WriteOpen(set, document, lines);
            return;
        }

        if (document.Task == ParityTask.Create)
        {
            lines.Line(document.ReadBack == true
                ? (FormattableString)$"[green]Parity made; it was read back and agrees.[/]"
                : $"[green]Parity made; it was read back, though perhaps from the system's memory, and agrees.[/]");
        }

        lines.Value("Set", $"{TextLines.Count(set.Discs.Count, "disc", "discs")} and {TextLines.Count(set.Rows, "parity disc", "parity discs")}, each of {Figures.Size(set.Length)}");
        if (document.Task == ParityTask.Create)
        {
            lines.Value("Written", $"{document.Target}: {string.Join(", ", document.Images.Count > 0 ? document.Images.Select(image => Path.GetFileName(image)) : set.Parity.Select(parity => parity.Name))}");
        }

        if (document.DiscsRead.Count > 0)
        {
            lines.Value("Read", string.Join(", ", document.DiscsRead));
        }

        SetMemberPart[] missing = [.. set.Discs.Concat(set.Parity).Where(member => member.State == SetState.Missing)];
        lines.Some(missing, MostShown, member => lines.Value("Missing", member.Name));
        if (document.Task != ParityTask.Repair)
        {
            lines.Value("May lose", set.MayLose > 0 ? $"any {set.MayLose} {(missing.Length == 0 ? $"of these {set.Discs.Count + set.Rows}" : "more")}" : set.MayLose == 0 ? "none more" : "too many are missing");
        }

        if (document.Task == ParityTask.Check && document.Damaged.Count == 0)
        {
            lines.Line($"[green]All that is there is as it was written.[/]");
        }
    }

    private static void WriteOpen(SetPart set, ParityDocument document, TextLines lines)
    {
        lines.Some(document.Added, MostShown, name => lines.Value("Added", name));
        lines.Value("Set", $"{TextLines.Count(set.Discs.Count, "disc", "discs")} up to now, {TextLines.Count(set.Rows, "parity disc", "parity discs")} when it is closed");
    }

    private static void Write(SetRestored restored, TextLines lines)
    {
        if (lines.IsQuiet)
        {
            return;
        }

        string what = restored.WasLost ? "Restored" : "Mended";
        string bytes = restored.WasLost ? "" : $", {TextLines.Bytes(restored.Bytes)}";
        switch (restored)
        {
            case { Agrees: true }:
                lines.Value(what, $"{restored.Path}{bytes}: SHA-256 as written");
                break;
            case { Agrees: null, Path: null }:
                lines.Value("Can be made", $"{restored.Name}{bytes}");
                break;
            default:
                lines.Value("In part", $"{restored.Path ?? restored.Name}: not as it was written");
                break;
        }
    }
}
