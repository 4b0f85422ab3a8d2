// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Finding;

namespace Spindle.Cli.Texts;

/// <summary>Files that were found, and where they are.</summary>
internal sealed class FindText : IText<FindDocument>, IText<WhereDocument>
{
    public void Write(FindDocument document, TextLines lines) => Write(document.Matches, lines);

    public void Write(WhereDocument document, TextLines lines) => Write(document.Matches, lines);

    private static void Write(IEnumerable<FoundFilePart> files, TextLines lines)
    {
        bool isAny = false;
        foreach (FoundFilePart file in files)
        {
            isAny = true;
            Write(file, lines);
        }

        if (!isAny)
        {
            lines.Aside($"[yellow]Nothing found.[/]");
        }
    }

    private static void Write(FoundFilePart file, TextLines lines)
    {
        lines.Line($"{file.Path}  [yellow]{Figures.Size(file.Size)}[/]{(file.GoneScan is null ? "" : $"  (as of scan {file.FirstScan}, gone since {file.GoneScan})")}");
        foreach (FoundPlacePart disc in file.Discs)
        {
            string part = disc.Part is { } number ? $", part {number}" : "";
            string kept = string.Concat(disc.Copies.Select(copy => $", {copy.Name}{(copy.Place is null ? "" : $" in {copy.Place}")}"));
            string verified = disc.LastVerified is null ? "" : $", {disc.Verdict ?? "verified"} {disc.LastVerified[..10]}";
            lines.Line($"    [cyan]disc {disc.Number}[/] {disc.Label}{part}{kept}{verified}");
        }

        if (file.Image is { } image)
        {
            lines.Line($"    [cyan]image {image.Name}[/] {image.Image}{(image.Place is null ? "" : $", the disc is in {image.Place}")}{(file.Sha256 is null ? ", not all of it could be read" : "")}");
        }
        else if (file.Discs.Count == 0)
        {
            lines.Line($"    on no disc yet");
        }
    }
}
