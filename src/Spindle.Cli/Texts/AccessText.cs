// SPDX-License-Identifier: MIT
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Station.AccessCopies;

namespace Spindle.Cli.Texts;

/// <summary>Access copies: each as it is known, and at the end those that need a person.</summary>
internal sealed class AccessText : IText<AccessDocument>
{
    public void Write(AccessDocument document, TextLines lines)
    {
        PersonsList persons = new();
        foreach (AccessCopyPart copy in document.Copies)
        {
            if (copy.NeedsPerson)
            {
                persons.Add(Word(JsonForm.Word(copy.State)), PlaceOf(copy), copy.Hint);
            }

            if (copy.NeedsPerson || !lines.IsQuiet)
            {
                Tell(copy, lines);
            }
        }

        if (lines.IsQuiet)
        {
            return;
        }

        string counts = string.Join(", ", document.Counts.Select(count => $"{TextLines.Number(count.Value)} {Word(count.Key)}"));
        lines.Line($"{(document.Error is null ? "Copies" : "Copies until it was stopped")}: {(counts.Length > 0 ? counts : "none: there is no image")}");
        persons.Write(document.NeedPerson, lines);
    }

    private static void Tell(AccessCopyPart copy, TextLines lines)
    {
        string state = Word(JsonForm.Word(copy.State)).PadRight(10);
        string time = copy.Seconds is { } seconds ? $"{Figures.Duration(TimeSpan.FromSeconds(seconds))}, {Figures.Size(copy.Size ?? 0)}: " : "";
        lines.Line(copy.State switch
        {
            AccessState.Made or AccessState.Done => (FormattableString)$"[green]{state}[/]  [cyan]{PlaceOf(copy)}[/]  {time}{copy.Detail}",
            AccessState.Skipped => $"[yellow]{state}[/]  [cyan]{PlaceOf(copy)}[/]  {copy.Detail}",
            _ => $"[red]{state}[/]  [cyan]{PlaceOf(copy)}[/]  {copy.Detail}",
        });
        foreach (string warning in copy.Warnings)
        {
            lines.Line($"    [yellow]{warning}[/]");
        }

        foreach (UnreadTimePart part in copy.Unread)
        {
            lines.Line($"    [yellow]{part.From} to {part.To}[/]: the image lacks {TextLines.Count(part.Sectors, "sector", "sectors")}");
        }
    }

    private static string PlaceOf(AccessCopyPart copy) => TextLines.Place(copy.Copy ?? copy.Image);

    private static string Word(string state) => state.Replace('-', ' ');
}
