// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Cli.Texts;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Archives, for people.</summary>
internal sealed partial class TextReport
{
    private const int NumbersShown = 10;
    private const int DivisionsShown = 10;
    private const int SourceProblemsShown = 20;

    /// <summary>Says, within a sentence, what no disc knows.</summary>
    internal static string NamesUnknown(PlanResult result) => result.NamesUnknown == 1
        ? "1 name is new or changed, or is gone, and no disc knows it"
        : $"{Count(result.NamesUnknown)} names are new or changed, or are gone, and no disc knows them";

    private static Failure NamesOnNoDisc(PlanResult result) => new(
        "names-on-no-disc", $"no content is new, but {NamesUnknown(result)}", "--names plans a disc for them; else the next new file takes them along");

    public void Planned(PlanResult result)
    {
        if (result.NamesUnknown > 0)
        {
            Tell(NamesOnNoDisc(result), "yellow");
            return;
        }

        if (_style.IsQuiet)
        {
            return;
        }

        if (result.Discs.Count == 0)
        {
            _output.MarkupLine(result.Waiting.Count == 0
                ? "[green]Nothing new: the discs know all that the last scan found.[/]"
                : "[yellow]Nothing new to plan; not all of it is on a disc yet.[/]");
            ShowWaiting(result);
            ShowReferences(result);
            return;
        }

        Value("Discs", Count(result.Discs.Count));
        Value("At least", result.Discs.Count > result.LowerBound
            ? $"{Count(result.LowerBound)}, whatever the plan" : $"{Count(result.LowerBound)}: no plan needs fewer");
        Value("Files", $"{Count(result.Files)}, {Figures.Size(result.Bytes)}");
        if (result.Discs.Count > 1)
        {
            Value("Filled", $"{result.Fill.ToString("P1", CultureInfo.InvariantCulture)}, the last disc left out of account");
        }

        Value("Together", $"{result.Cohesion.ToString("P1", CultureInfo.InvariantCulture)} of the files, with all others of their directory");
        ShowWaiting(result);
        ShowReferences(result);
        foreach (PlanDivision division in result.Divisions.Take(DivisionsShown))
        {
            string path = division.Path.Length == 0 ? "/" : division.Path;
            Value("Divided", division.IsFile
                ? $"a file in {path}, larger than a disc: {Count(division.Discs, "part", "parts")}"
                : $"{path}: its files need {division.Discs} discs, in the order of their names");
        }

        if (result.Divisions.Count > DivisionsShown)
        {
            Value("Divided", $"and {result.Divisions.Count - DivisionsShown} more");
        }

        foreach (PlannedDisc disc in result.Discs)
        {
            string fill = ((double)disc.Sectors / result.CapacitySectors).ToString("P1", CultureInfo.InvariantCulture);
            _output.MarkupLineInterpolated($"[yellow]{disc.Number,5}[/]  {disc.Label}  {disc.Sectors} of {result.CapacitySectors} sectors ({fill}), {Count(disc.Files, "file", "files")}");
        }
    }

    private void ShowWaiting(PlanResult result)
    {
        if (result.Waiting.Count > 0)
        {
            string numbers = string.Join(", ", result.Waiting.Take(NumbersShown)) + (result.Waiting.Count > NumbersShown ? " and others" : "");
            Value("Not written", $"{Count(result.Waiting.Count, "disc", "discs")} of earlier plans: {numbers}; 'spindle write --all' makes {(result.Waiting.Count == 1 ? "it" : "them")}");
        }
    }

    public void Written(IReadOnlyList<WriteResult> results)
    {
        foreach (WriteResult result in results)
        {
            foreach (SourceProblem problem in result.Problems.Take(SourceProblemsShown))
            {
                _error.MarkupLineInterpolated($"[red]{problem.Failure.What}[/]");
            }

            if (result.Problems.Count > SourceProblemsShown)
            {
                _error.MarkupLineInterpolated($"[red]and {Count(result.Problems.Count - SourceProblemsShown, "file", "files")} more[/]");
            }

            if (!result.IsGood)
            {
                _error.MarkupLineInterpolated($"[red]Disc {result.Disc.Number} is not good: {(result.Problems.Count == 1 ? "1 file is not as it was" : $"{Count(result.Problems.Count)} files are not as they were")} scanned.[/] Run 'spindle scan' and 'spindle plan' again.");
            }
            else if (!_style.IsQuiet)
            {
                ShowWritten(result);
            }
        }
    }

    public void Archived(string catalogue, ScanResult scan, PlanResult plan, IReadOnlyList<WriteResult> written)
    {
        Scanned(scan, catalogue);
        Planned(plan);
        Written(written);
    }

    private static string Count(long number) => TextLines.Number(number);

    private static string Count(long number, string one, string many) => TextLines.Count(number, one, many);

    private void ShowWritten(WriteResult result)
    {
        if (result.Image is null)
        {
            _output.MarkupLineInterpolated($"Disc {result.Disc.Number} would have {result.Disc.Sectors} sectors and {Count(result.Disc.Files, "file", "files")}.");
            return;
        }

        _output.MarkupLineInterpolated($"[green]Disc {result.Disc.Number}{(result.WasThere ? " was there already" : " is written")}[/]: {result.Image}");
        Value("Size", $"{Figures.Size(result.Disc.Sectors * 2048)}, {Count(result.Disc.Files, "file", "files")}");
        Value("SHA-256", result.Sha256 ?? "not known");
        if (!result.WasThere)
        {
            Value("Verified", result.IsReadBack ? "read again from storage, and it agrees" : "not read again");
        }
    }

    private void ShowReferences(PlanResult result)
    {
        if (result.References > 0)
        {
            Value("Not again", $"{Count(result.References, "name", "names")} whose contents are on a disc already, or twice in the archive");
        }
    }
}
