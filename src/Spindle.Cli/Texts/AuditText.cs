// SPDX-License-Identifier: MIT
using Spindle.Imaging.Auditing;
using Spindle.Media;
using Spindle.Station.Auditing;

namespace Spindle.Cli.Texts;

/// <summary>Audited images: each as it is known, and at the end those that need a person.</summary>
internal sealed class AuditText : IText<AuditDocument>
{
    private const int FilesShown = 5;

    public void Write(AuditDocument document, TextLines lines)
    {
        PersonsList persons = new();
        foreach (AuditedImagePart image in document.Images)
        {
            if (image.State.NeedsPerson())
            {
                Tell(image, lines);
                persons.Add(Word(JsonForm.Word(image.State)), PlaceOf(image), image.Hint);
            }
            else if (!lines.IsQuiet)
            {
                Tell(image, lines);
            }
        }

        lines.Failures(document.Concerns, isBad: false);
        if (!lines.IsQuiet)
        {
            string counts = string.Join(", ", document.Counts.Select(count => $"{TextLines.Number(count.Value)} {Word(count.Key)}"));
            lines.Line($"{(document.Error is null ? "Audited" : "Audited until it was stopped")}: {(counts.Length > 0 ? counts : "nothing: there is no image and no record")}; {Figures.Size(document.BytesRead)} read");
            persons.Write(document.NeedPerson, lines, "--csv writes them all into a table");
        }
    }

    private static void Tell(AuditedImagePart image, TextLines lines)
    {
        string state = Word(JsonForm.Word(image.State)).PadRight(12);
        lines.Line(image.State switch
        {
            AuditState.Pass => (FormattableString)$"[green]{state}[/]  [cyan]{PlaceOf(image)}[/]  {image.Detail}",
            AuditState.Skipped or AuditState.Adopted => $"[yellow]{state}[/]  [cyan]{PlaceOf(image)}[/]  {image.Detail}",
            _ => $"[red]{state}[/]  [cyan]{PlaceOf(image)}[/]  {image.Detail}",
        });
        if (image.Differing.Count > 0)
        {
            lines.Line($"    sectors that differ: {TextLines.Number(image.Differing.Sum(range => range.Count))}, the first one {image.Differing[0].Start}");
        }

        if (image.FilesHit.Count > 0)
        {
            lines.Some(image.FilesHit, FilesShown, file => lines.Line($"    [red]{file}[/] is hit"));
        }
    }

    private static string PlaceOf(AuditedImagePart image) => TextLines.Place(image.Image ?? image.Records[0]);

    private static string Word(string state) => state.Replace('-', ' ');
}
