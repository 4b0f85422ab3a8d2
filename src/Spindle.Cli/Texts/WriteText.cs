// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Texts;

/// <summary>Discs that were made; of <c>archive</c>, what was scanned and planned before that.</summary>
internal sealed class WriteText : IText<WriteDocument>, IText<ArchiveDocument>
{
    private const int ProblemsShown = 20;

    public void Write(WriteDocument document, TextLines lines)
    {
        Write(document.Discs, lines);
        Write(document.Sets, lines);
    }

    public void Write(ArchiveDocument document, TextLines lines)
    {
        ScanText.Write(document.Sources, document.Catalogue, lines);
        new PlanText().Write(document.Plan, lines);
        Write(document.Discs, lines);
        Write(document.Sets, lines);
        if (document.Burned is { } burned)
        {
            new BurnText().Write(burned, lines);
        }
    }

    private static void Write(IReadOnlyList<SetProgressPart> sets, TextLines lines)
    {
        foreach (SetProgressPart set in sets.Where(_ => !lines.IsQuiet))
        {
            foreach (ParityDiscPart disc in set.Parity.Where(_ => set.Made))
            {
                lines.Line($"[green]Parity disc {disc.Row} of set {set.Number} is written[/]: {disc.Image}");
            }

            if (set.Missing.Count > 0)
            {
                lines.Value($"Set {set.Number}", $"its parity discs are made with the last of its discs; still to come: {string.Join(", ", set.Missing)}");
            }
        }
    }

    private static void Write(IReadOnlyList<WrittenDiscPart> discs, TextLines lines)
    {
        foreach (WrittenDiscPart disc in discs)
        {
            foreach (SourceProblemPart problem in disc.Problems.Take(ProblemsShown))
            {
                lines.Bad($"[red]{problem.What}[/]");
            }

            if (disc.Problems.Count > ProblemsShown)
            {
                lines.Bad($"[red]and {TextLines.Count(disc.Problems.Count - ProblemsShown, "more file", "more files")}[/]");
            }

            if (!disc.Good)
            {
                lines.Bad($"[red]Disc {disc.Number} was not made: {TextLines.Count(disc.Problems.Count, "file has", "files have")} changed since the scan.[/] Run 'spindle scan' and 'spindle plan' again.");
            }
            else if (!lines.IsQuiet)
            {
                Write(disc, lines);
            }
        }
    }

    private static void Write(WrittenDiscPart disc, TextLines lines)
    {
        string files = TextLines.Count(disc.Files, "file", "files");
        if (disc.Image is null)
        {
            lines.Line($"Disc {disc.Number} would have {TextLines.Count(disc.Sectors, "sector", "sectors")} and {files}.");
            return;
        }

        lines.Line($"[green]Disc {disc.Number}{(disc.WasThere ? " was there already" : " is written")}[/]: {disc.Image}");
        lines.Value("Size", $"{Figures.Size(disc.Sectors * 2048)}, {files}");
        lines.Value("SHA-256", disc.Sha256 ?? "not known");
        if (!disc.WasThere)
        {
            lines.Value("Verified", disc.ReadBack ? "read again from storage, and it agrees" : "not read again");
        }
    }
}
