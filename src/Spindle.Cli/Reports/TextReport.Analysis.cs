// SPDX-License-Identifier: MIT
using System.Globalization;
using Spectre.Console;
using Spindle.Cli.Terminals;
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;

namespace Spindle.Cli.Reports;

/// <summary>Structure and damage, for people.</summary>
internal sealed partial class TextReport
{
    private const int FindingsShown = 20;
    private const int DamageShownWithImage = 10;

    public void Inspected(IReadOnlyList<Inspection> inspections, InspectionFormat format)
    {
        if (format == InspectionFormat.Isolyzer)
        {
            IsolyzerReport.Write(_terminal.Output, inspections);
        }
        else if (format == InspectionFormat.Json)
        {
            new JsonReport("inspect", _terminal, ProgressStyle.None).Inspected(inspections, format);
        }
        else
        {
            foreach (Inspection inspection in inspections)
            {
                Show(inspection);
            }
        }
    }

    public void Damaged(DamageReport damage) => Show(damage, int.MaxValue);

    private static string Bytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    private void Show(Inspection inspection)
    {
        _output.MarkupLineInterpolated($"[blue]{inspection.Source}[/]");
        if (inspection.Analysis is not { } analysis)
        {
            Tell(inspection.Failure!, "red");
            return;
        }

        foreach (FileSystemAnalysis fileSystem in analysis.FileSystems)
        {
            Value(fileSystem.Type.Title(), $"{fileSystem.VolumeIdentifier}{(fileSystem.SizeExpected is { } size ? $"  ({Bytes(size)})" : "")}");
        }

        if (inspection.SessionStarts.Count > 1)
        {
            Value("Sessions", string.Create(
                CultureInfo.InvariantCulture, $"{inspection.SessionStarts.Count}, at sectors {string.Join(", ", inspection.SessionStarts)}; shown: {inspection.SessionStart ?? 0}"));
        }

        Value("Trees", string.Join(", ", analysis.Views).ToLowerInvariant());
        Value("Size", Bytes(analysis.SizeActual));
        if (inspection.UnreadSectors > 0)
        {
            Value("Not read", $"{Count(inspection.UnreadSectors, "sector", "sectors")}, by the map of the image");
        }

        Value("Expected", analysis.SizeExpected > 0 ? Bytes(analysis.SizeExpected) : "not known");
        if (_style.IsVerbose)
        {
            foreach (SizeCandidate candidate in analysis.Sizes)
            {
                Value("  by", $"{candidate.Source}: {Bytes(candidate.Bytes)} ({candidate.Clause}){(candidate.Counts ? "" : ", not believed")}");
            }
        }

        ShowVerdict(analysis);
        foreach ((Formats.Rule rule, long count) in analysis.Findings.Counts.Take(_style.IsVerbose ? int.MaxValue : FindingsShown))
        {
            Formats.Finding first = analysis.Findings.Items.First(finding => finding.Rule == rule);
            string more = count > 1 ? $" and {count - 1} more" : "";
            _output.MarkupLineInterpolated($"[yellow]{rule.Id}[/] {rule.Summary}: {first.Detail}, at byte {first.Position}{more}");
        }
    }

    private void ShowVerdict(DiscAnalysis analysis)
    {
        string sectors = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(analysis.SizeDifference) / 2048.0:0.##} sectors");
        (string colour, string verdict) = analysis switch
        {
            { ContainsKnownFileSystem: false } => ("red", "no file system that is known"),
            { EndsBeforeFiles: true } => ("red", $"smaller than its files need: {sectors} are missing at the end"),
            { SmallerThanExpected: true } => ("red", $"smaller than expected: {sectors} are missing at the end"),
            { SizeAsExpected: true } => ("green", "as large as expected"),
            { Trailing: TrailingData.Padding } => ("green", $"whole, and {sectors} of padding"),
            { Trailing: TrailingData.RunOut } => ("green", $"whole, and {sectors} of run-out"),
            _ => ("yellow", $"larger than expected by {sectors}, which are not empty"),
        };
        (colour, verdict) = analysis.LosesFiles ? ("red", $"{verdict}; names are missing, or files are damaged: see below") : (colour, verdict);
        _output.MarkupLineInterpolated($"[cyan]{"Verdict:",-16}[/][{colour}]{verdict}[/]");
    }

    private void Show(DamageReport damage, int most)
    {
        foreach (DiscStructure structure in damage.Structures.Take(most))
        {
            _output.MarkupLineInterpolated($"[red]{structure.Name}[/]  {structure.Extent.Length} bytes from sector {structure.Extent.Lba}");
        }

        foreach (DamagedEntry entry in damage.Entries.Take(most))
        {
            string ranges = string.Join(", ", entry.Lost.Take(5).Select(range => $"{range.Position}-{range.End - 1}"));
            string more = entry.Lost.Count > 5 ? $" and {entry.Lost.Count - 5} more ranges" : "";
            string what = entry.BytesLost > 0 ? $"{entry.BytesLost} of {entry.Size} bytes lost: {ranges}{more}" : "what describes it is lost";
            _output.MarkupLineInterpolated($"[red]{entry.Path}[/]  {what}");
        }

        int left = damage.Structures.Count + damage.Entries.Count - Math.Min(damage.Structures.Count, most) - Math.Min(damage.Entries.Count, most);
        string rest = left > 0 ? $", {left} of them not shown here" : "";
        _output.MarkupLineInterpolated(
            $"[cyan]{damage.Entries.Count} of {damage.EntriesSeen} files and directories are hit{rest}; {Bytes(damage.BytesUnread)} of the disc were not read.[/]");
        if (damage.Unknown is { } unknown)
        {
            Tell(new("names-missing", $"more may be hit than is named: {unknown}", "another copy of the disc may have what is missing: 'spindle merge'"), "yellow");
        }
    }
}
