// SPDX-License-Identifier: MIT
using Spectre.Console;
using Spindle.Archiving.Verifying;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Verified discs, for people.</summary>
internal sealed partial class TextReport
{
    private const int DamagedShown = 20;

    public void Verified(VerifyResult result)
    {
        foreach (VerifiedDisc disc in result.Discs)
        {
            Verified(disc);
        }

        foreach (MissingDisc disc in result.Missing)
        {
            string why = disc.WasWritten == true ? "it belongs to the set, and is not among these" : "it was planned with these, and is not among them, if it ever was written";
            _output.MarkupLineInterpolated($"[red]missing[/]  [cyan]{disc.Label}[/]  disc {disc.Number}: {why}");
        }

        foreach (Failure refused in result.Refused)
        {
            Tell(refused, "red");
        }

        foreach (Failure concern in result.Concerns)
        {
            Tell(concern, "yellow");
        }
    }

    private void Verified(VerifiedDisc disc)
    {
        if (disc.IsWhole && _style.IsQuiet)
        {
            return;
        }

        string verdict = disc.IsWhole ? "[green]whole[/]  " : "[red]damaged[/]";
        string left = disc.FilesNotChecked > 0 ? $", {Count(disc.FilesNotChecked)} not checked" : "";
        _output.MarkupLine($"{verdict}  [cyan]{Markup.Escape(disc.Identity.Label)}[/]  files: {Count(disc.FilesWhole)} whole, {Count(disc.Damaged.Count)} damaged{left}  {Markup.Escape(disc.Source)}");
        foreach (FileDamage file in disc.Damaged.Take(_style.IsVerbose ? int.MaxValue : DamagedShown))
        {
            _output.MarkupLineInterpolated($"    [red]{file.Path}[/]: {file.Why}{Ranges(file.Ranges)}");
        }

        if (disc.Damaged.Count > DamagedShown && !_style.IsVerbose)
        {
            _output.MarkupLine($"    and {Count(disc.Damaged.Count - DamagedShown)} more: --verbose names them");
        }

        if (disc.HasParityHeader == false)
        {
            _output.MarkupLineInterpolated($"    [red]its check data have no header, or end too early[/]: 'spindle check {disc.Source}' tells what is left of them");
        }

        if (disc.Structure is { } structure)
        {
            if (structure.SmallerThanExpected)
            {
                _output.MarkupLine($"    [red]it ends {Count(-structure.SizeDifference)} bytes too early[/]");
            }

            if (structure.Findings.Items.Count > 0)
            {
                _output.MarkupLineInterpolated($"    [red]structure: {structure.Findings.Counts.Values.Sum()} findings[/]: 'spindle inspect' shows them");
            }
        }
    }
}
