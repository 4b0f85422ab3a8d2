// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Archiving.Planning;
using Spindle.Media;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Texts;

/// <summary>What comes onto which disc.</summary>
internal sealed class PlanText : IText<PlanDocument>
{
    private const int NumbersShown = 10;
    private const int DivisionsShown = 10;

    public void Write(PlanDocument document, TextLines lines)
    {
        if (document.NamesOnNoDisc is { } names)
        {
            lines.Failure(names, isBad: false);
        }
        else if (!lines.IsQuiet && document.Discs.Count == 0)
        {
            lines.Line(document.Waiting.Count == 0
                ? (FormattableString)$"[green]Nothing new: the discs know all that the last scan found.[/]"
                : $"[yellow]Nothing new to plan; not all of it is on a disc yet.[/]");
            WriteRest(document, lines);
        }
        else if (!lines.IsQuiet)
        {
            WriteDiscs(document, lines);
        }

        lines.Failures(document.Warnings, isBad: false);
    }

    private static void WriteDiscs(PlanDocument document, TextLines lines)
    {
        lines.Value("Discs", TextLines.Number(document.Discs.Count));
        foreach (PlannedSetPart set in document.Sets)
        {
            string discs = set.FirstDisc == set.LastDisc ? $"disc {set.FirstDisc}" : $"discs {set.FirstDisc} to {set.LastDisc}";
            lines.Value($"Set {set.Number}", $"{discs}, and {TextLines.Count(set.ParityDiscs, "parity disc", "parity discs")}: any {set.ParityDiscs} of these {set.LastDisc - set.FirstDisc + 1 + set.ParityDiscs} may be lost");
        }

        lines.Value("At least", document.Gap > 0
            ? $"{TextLines.Number(document.LowerBound)}, whatever the plan" : $"{TextLines.Number(document.LowerBound)}: no plan needs fewer");
        lines.Value("Files", $"{TextLines.Number(document.Files)}, {Figures.Size(document.Bytes)}");
        if (document.Discs.Count > 1)
        {
            lines.Value("Filled", $"{Percent(document.Fill)} on average, not counting the last disc");
        }

        lines.Value("Kept together", $"{Percent(document.Cohesion)} of files are on the same disc as the rest of their directory");
        WriteRest(document, lines);
        foreach (DivisionPart division in document.Divisions.Take(DivisionsShown))
        {
            string path = division.Path.Length == 0 ? "/" : division.Path;
            lines.Value("Divided", division.What == "file"
                ? $"a file in {path}, larger than a disc: {TextLines.Count(division.Pieces, "part", "parts")}"
                : $"{path}: its files need {division.Pieces} discs, in the order of their names");
        }

        if (document.Divisions.Count > DivisionsShown)
        {
            lines.Value("Divided", $"and {TextLines.Number(document.Divisions.Count - DivisionsShown)} more");
        }

        foreach (PlannedDisc disc in document.Discs)
        {
            string of = $"{TextLines.Number(disc.Sectors)} of {TextLines.Count(document.CapacitySectors, "sector", "sectors")} ({Percent((double)disc.Sectors / document.CapacitySectors)})";
            lines.Line($"[yellow]{disc.Number,5}[/]  {disc.Label}  {of}, {TextLines.Count(disc.Files, "file", "files")}");
        }
    }

    /// <summary>What is not on these discs.</summary>
    private static void WriteRest(PlanDocument document, TextLines lines)
    {
        if (document.Waiting.Count > 0)
        {
            string numbers = string.Join(", ", document.Waiting.Take(NumbersShown)) + (document.Waiting.Count > NumbersShown ? " and others" : "");
            string them = document.Waiting.Count == 1 ? "it" : "them";
            lines.Value("Not written", $"{TextLines.Count(document.Waiting.Count, "disc", "discs")} of earlier plans: {numbers}; 'spindle write --all' makes {them}");
        }

        if (document.References > 0)
        {
            lines.Value("Not again", $"{TextLines.Count(document.References, "name", "names")} whose content is already on a disc, or occurs twice in the archive");
        }
    }

    private static string Percent(double share) => share.ToString("P1", CultureInfo.InvariantCulture);
}
