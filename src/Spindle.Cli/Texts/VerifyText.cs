// SPDX-License-Identifier: MIT
using Spindle.Station.Verifying;

namespace Spindle.Cli.Texts;

/// <summary>Verified discs.</summary>
internal sealed class VerifyText : IText<VerifyDocument>
{
    private const int DamagedShown = 20;

    public void Write(VerifyDocument document, TextLines lines)
    {
        foreach (VerifiedDiscPart disc in document.Discs.Where(disc => !lines.IsQuiet || disc.Verdict != DiscVerdict.Whole))
        {
            Write(disc, lines);
        }

        foreach (MissingDiscPart disc in document.Missing)
        {
            string why = disc.Written == true ? "it belongs to the set, and is not among these" : "it was planned with these, and is not among them, if it ever was written";
            lines.Line($"[red]missing[/]  [cyan]{disc.Label}[/]  disc {disc.Number}: {why}");
        }

        lines.Failures(document.Refused, isBad: true);
        lines.Failures(document.Concerns, isBad: false);
    }

    private static void Write(VerifiedDiscPart disc, TextLines lines)
    {
        string counted = $"files: {TextLines.Number(disc.FilesWhole)} whole, {TextLines.Number(disc.FilesDamaged)} damaged{(disc.FilesNotChecked > 0 ? $", {TextLines.Number(disc.FilesNotChecked)} not checked" : "")}";
        lines.Line(disc.Verdict == DiscVerdict.Whole
            ? (FormattableString)$"[green]whole[/]    [cyan]{disc.Label}[/]  {counted}  {disc.Source}"
            : $"[red]damaged[/]  [cyan]{disc.Label}[/]  {counted}  {disc.Source}");
        lines.Some(disc.Damaged, DamagedShown, file => lines.Line($"    [red]{file.Path}[/]: {file.Why}{TextLines.Lost(file.Ranges)}"));
        if (disc.ParityHeader == DiscVerdict.Damaged)
        {
            lines.Line($"    [red]its check data have no header, or end too early[/]: 'spindle check {disc.Source}' tells what is left of them");
        }

        if (disc is { SizeExpected: { } expected, SizeActual: { } actual } && actual < expected)
        {
            lines.Line($"    [red]it ends {TextLines.Count(expected - actual, "byte", "bytes")} too early[/]");
        }

        if (disc.FindingsInAll > 0)
        {
            lines.Line($"    [red]structure: {TextLines.Count(disc.FindingsInAll, "finding", "findings")}[/]: 'spindle inspect' shows them");
        }
    }
}
