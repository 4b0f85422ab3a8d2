// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Health;
using Spindle.Parity.Protecting;

namespace Spindle.Cli.Reports;

/// <summary>Parity, for people.</summary>
internal sealed partial class TextReport
{
    private const int LostBlocksShown = 10;

    public void Protected(ProtectResult result)
    {
        if (!_style.IsQuiet)
        {
            _output.MarkupLine("[green]Protected; the parity was read back and agrees.[/]");
            Value("Written", result.Written);
            Show(result.Layout);
        }

        foreach (ProtectWarning warning in result.Warnings)
        {
            _error.MarkupLineInterpolated($"[yellow]{Explain(warning)}[/]");
        }
    }

    public void Checked(CheckResult result, RememberedCheck remembered)
    {
        if (!_style.IsQuiet)
        {
            Show(result);
            if (remembered.Disc is { } disc)
            {
                Value("Remembered", $"as a check of disc {disc}{(remembered.Copy is null ? "" : $", copy {remembered.Copy}")} in {remembered.Catalogue}");
            }
        }

        if (result.IsOfAnother)
        {
            Tell(OtherParity, "red");
        }

        if (remembered.Concern is { } concern)
        {
            Tell(concern with { What = $"not remembered: {concern.What}" }, "yellow");
        }
    }

    private static Failure OtherParity => new(
        "other-parity", "the parity was made for another image, or sector 16 of this one is damaged", "look whether the two files belong together before anything is mended");

    private void Show(CheckResult result)
    {
        Show(result.Layout);
        Show(result.Damage);
        ParityHealth health = result.Health;
        Value("Worst block", $"{health.WorstBlock} of {result.Layout.Roots} used up, {health.WorstMargin} left");
        Value("Bears", $"{health.LongestBearableBurst} more sectors in one piece ({Figures.Size(health.LongestBearableBurst * 2048)})");
        (string colour, string verdict) = health.Verdict switch
        {
            HealthVerdict.Good => ("green", "good"),
            HealthVerdict.Watch => ("yellow", "watch: mend it, and check it again soon"),
            _ => ("red", $"copy now: more than {health.Thresholds.CopyNowShare:P0} of the parity is used up somewhere, or something is lost"),
        };
        _output.MarkupLineInterpolated($"[cyan]{"Verdict:",-16}[/][{colour}]{verdict}[/]");
    }

    public void Repaired(RepairResult result)
    {
        if (!_style.IsQuiet)
        {
            Show(result.Found.Damage);
            Value("Written", result.Written);
            Value("Mended", $"{result.SectorsRestored} sectors");
        }

        if (result.Found.IsOfAnother)
        {
            Tell(OtherParity, "red");
        }

        if (result.SectorsRestoredUnproven > 0)
        {
            _error.MarkupLineInterpolated($"[yellow]{result.SectorsRestoredUnproven} sectors were restored with nothing left to prove them by[/]");
        }

        _output.MarkupLine(result.IsWhole ? "[green]Whole: every byte is right.[/]" : "[red]Not whole: see above for what could not be had.[/]");
    }

    private static string Explain(ProtectWarning warning) => warning switch
    {
        ProtectWarning.LittleRedundancy => $"less than 20 % of redundancy ({ParityLayout.AdvisableRoots} roots): fill a larger medium if you can",
        ProtectWarning.UnusualSize => "no standard medium has this size: other programs find the parity only while its header can be read",
        ProtectWarning.RecentSize => "programs before 2022 do not know this size: they find the parity only while its header can be read",
        ProtectWarning.VeryShortPayload => "the image is shorter than 151 sectors, which some other programs refuse",
        _ => warning.ToString(),
    };

    private void Show(ParityLayout layout)
    {
        Value("Parity", string.Create(CultureInfo.InvariantCulture, $"{layout.Format}, {layout.Roots} roots, {layout.RedundancyPercent:F1} %"));
        Value("Data", Figures.Size(layout.PayloadBytes));
        Value("Total", Figures.Size(layout.TotalSectors * 2048));
    }

    private void Show(ParityDamage damage)
    {
        Value("Missing", $"{damage.SectorsMissing} sectors");
        Value("Wrong", $"{damage.ChecksumMismatches} sectors by their checksum, {damage.SilentErrors} by the parity alone");
        Value("Blocks", $"{damage.BlocksIntact} intact, {damage.BlocksRestorable + damage.BlocksRestorableUnproven} can be restored, {damage.BlocksLost.Count} lost");
        foreach (LostBlock lost in damage.BlocksLost.Take(LostBlocksShown))
        {
            _error.MarkupLineInterpolated(
                $"[red]block {lost.Number} lost[/]: {lost.KnownWrongSectors} sectors wrong, in the image {string.Join(", ", lost.ImageSectors.Take(LostBlocksShown))}");
        }
    }
}
