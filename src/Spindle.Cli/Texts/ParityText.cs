// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Health;
using Spindle.Station.Protecting;

namespace Spindle.Cli.Texts;

/// <summary>Parity that was made, checked, or mended by.</summary>
internal sealed class ParityText : IText<ProtectDocument>, IText<CheckDocument>, IText<RepairDocument>
{
    private const int LostBlocksShown = 10;

    private static Failure OtherParity => new(
        "other-parity", "the parity was made for another image, or sector 16 of this one is damaged", "check that the two files belong together before anything is mended");

    public void Write(ProtectDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            lines.Line($"[green]Protected; the parity was read back and agrees.[/]");
            lines.Value("Written", document.Written);
            Write(document.Layout, lines);
        }

        foreach (ProtectWarning warning in document.Warnings)
        {
            lines.Bad($"[yellow]{Explain(warning)}[/]");
        }
    }

    public void Write(CheckDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            Write(document.Layout, lines);
            Write(document.Damage, lines);
            Write(document.Health, document.Layout, lines);
            if (document.Remembered is { } remembered)
            {
                lines.Value("Remembered", $"as a check of disc {remembered.Disc}{(remembered.Copy is null ? "" : $", copy {remembered.Copy}")} in {remembered.Catalogue}");
            }
        }

        if (document.OtherImage)
        {
            lines.Failure(OtherParity, isBad: true);
        }

        lines.Failures(document.Warnings.Select(warning => warning with { What = $"not remembered: {warning.What}" }), isBad: false);
    }

    public void Write(RepairDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            Write(document.Damage, lines);
            lines.Value("Written", document.Written);
            lines.Value("Mended", TextLines.Count(document.SectorsRestored, "sector", "sectors"));
        }

        if (document.OtherImage)
        {
            lines.Failure(OtherParity, isBad: true);
        }

        if (document.SectorsRestoredUnproven > 0)
        {
            lines.Bad($"[yellow]{TextLines.Count(document.SectorsRestoredUnproven, "sector was", "sectors were")} restored with nothing left to prove it by[/]");
        }

        lines.Line(document.Whole ? (FormattableString)$"[green]Whole: every byte is right.[/]" : $"[red]Not whole: see above for what could not be had.[/]");
    }

    private static string Explain(ProtectWarning warning) => warning switch
    {
        ProtectWarning.LittleRedundancy => $"less than 20 % of redundancy ({ParityLayout.AdvisableRoots} roots): fill a larger medium if you can",
        ProtectWarning.UnusualSize => "no standard medium has this size: other programs find the parity only while its header can be read",
        ProtectWarning.RecentSize => "programs before 2022 do not know this size: they find the parity only while its header can be read",
        ProtectWarning.VeryShortPayload => "the image is shorter than 151 sectors, which some other programs refuse",
        _ => warning.ToString(),
    };

    private static void Write(LayoutPart layout, TextLines lines)
    {
        lines.Value("Parity", string.Create(CultureInfo.InvariantCulture, $"{layout.Format}, {layout.Roots} roots, {layout.RedundancyPercent:F1} %"));
        lines.Value("Data", Figures.Size(layout.PayloadBytes));
        lines.Value("Total", Figures.Size(layout.TotalSectors * 2048));
    }

    private static void Write(DamagePart damage, TextLines lines)
    {
        lines.Value("Missing", TextLines.Count(damage.SectorsMissing, "sector", "sectors"));
        lines.Value("Wrong", $"{TextLines.Count(damage.ChecksumMismatches, "sector", "sectors")} by their checksum, {TextLines.Number(damage.SilentErrors)} by the parity alone");
        lines.Value("Blocks", $"{TextLines.Number(damage.BlocksIntact)} intact, {TextLines.Number(damage.BlocksRestorable + damage.BlocksRestorableUnproven)} can be restored, {TextLines.Number(damage.BlocksLost.Count)} lost");
        foreach (LostBlock lost in damage.BlocksLost.Take(LostBlocksShown))
        {
            lines.Bad($"[red]block {lost.Number} lost[/]: {TextLines.Count(lost.KnownWrongSectors, "sector", "sectors")} wrong, in the image {string.Join(", ", lost.ImageSectors.Take(LostBlocksShown))}");
        }
    }

    private static void Write(HealthPart health, LayoutPart layout, TextLines lines)
    {
        lines.Value("Worst block", $"{health.WorstBlock} of {layout.Roots} used up, {health.WorstMargin} left");
        lines.Value("Can still lose", $"{TextLines.Count(health.LongestBearableBurst, "sector", "sectors")} in one piece ({Figures.Size(health.LongestBearableBurst * 2048)})");
        string verdict = $"{"Verdict:",-16}";
        lines.Line(health.Verdict switch
        {
            HealthVerdict.Good => (FormattableString)$"[cyan]{verdict}[/][green]good[/]",
            HealthVerdict.Watch => $"[cyan]{verdict}[/][yellow]watch: mend it, and check it again soon[/]",
            _ => $"[cyan]{verdict}[/][red]copy now: more than {health.CopyNowShare.ToString("P0", CultureInfo.InvariantCulture)} of the parity is used up somewhere, or something is lost[/]",
        });
    }
}
