// SPDX-License-Identifier: MIT
using Spindle.Archiving.Scanning;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Scans, for people.</summary>
internal sealed partial class TextReport
{
    private const int ProblemsShown = 20;

    public void Scanned(ScanResult result, string catalogue)
    {
        foreach (SourceScan scan in result.Sources)
        {
            if (!_style.IsQuiet)
            {
                Show(scan, catalogue);
            }

            foreach (Failure concern in scan.Concerns)
            {
                Tell(concern, "yellow");
            }

            foreach (Failure problem in _style.IsVerbose ? scan.Problems : scan.Problems.Take(ProblemsShown))
            {
                Tell(problem, "red");
            }

            if (scan.ProblemCount > ProblemsShown && !_style.IsVerbose)
            {
                _error.MarkupLineInterpolated($"[red]and {scan.ProblemCount - ProblemsShown} more; --verbose names them[/]");
            }
        }
    }

    private void Show(SourceScan scan, string catalogue)
    {
        _output.MarkupLineInterpolated($"[blue]{scan.Source}[/]");
        ScanTotals totals = scan.Totals;
        Value("Found", $"{Count(totals.Files, "file", "files")} ({Figures.Size(totals.Bytes)}), {Count(totals.Directories, "directory", "directories")}"
            + (totals.Others == 0 ? "" : $", {Count(totals.Others, "link or special file", "links and special files")}"));
        ScanChanges changes = scan.Changes;
        Value("Different", changes == default
            ? "nothing"
            : $"{changes.Added} new, {changes.Changed} changed, {changes.Moved} moved, {changes.Deleted} deleted");
        Value("Read", $"{Count(scan.FilesRead, "file", "files")} ({Figures.Size(scan.BytesRead)}) in {Figures.Duration(scan.Duration)}");
        Value("Catalogue", $"{catalogue}, scan {scan.Scan}" + (scan.IsResumed ? ", which went on where it had been cut off" : ""));
    }
}
