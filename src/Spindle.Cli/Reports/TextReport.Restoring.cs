// SPDX-License-Identifier: MIT
using Spectre.Console;
using Spindle.Archiving.Restoring;
using Spindle.Archiving.Sources;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>The way back from discs, for people.</summary>
internal sealed partial class TextReport
{
    private const int RangesShown = 5;

    public void Restored(RestoreResult result)
    {
        foreach (Failure concern in result.Concerns)
        {
            Tell(concern, "yellow");
        }

        foreach (Failure problem in result.Problems)
        {
            Tell(problem, "red");
        }

        foreach (MissingFile file in result.Missing)
        {
            string discs = file.Discs.Count == 0 ? "on no disc" : $"on disc {string.Join(", ", file.Discs)}";
            _output.MarkupLineInterpolated($"[red]missing[/]  {file.Path}  {discs}{Ranges(file.Ranges)}");
        }

        foreach (DamagedFile file in result.Damaged)
        {
            string how = file.Ranges.Count == 0 ? ": all can be read, but it is not what was archived" : Ranges(file.Ranges);
            string kept = file.Kept is null || file.Kept == file.Path + ".damaged" ? "" : $"; what could be had is {file.Kept}";
            _output.MarkupLineInterpolated($"[red]damaged[/]  {file.Path}  on disc {file.Disc}{how}{kept}");
        }

        foreach (DiscWanted disc in result.DiscsMissing)
        {
            string kept = disc.Places.Count == 0 ? "" : $", kept as {string.Join("; ", disc.Places)}";
            _output.MarkupLineInterpolated($"[yellow]Needed:[/] disc {disc.Number}, {disc.Label}, for {Count(disc.Files, "file", "files")}, {Figures.Size(disc.Bytes)}{kept}");
        }

        if (_style.IsQuiet)
        {
            return;
        }

        string discsUsed = $"{result.DiscsUsed.Count} disc{(result.DiscsUsed.Count == 1 ? "" : "s")}";
        if (result.IsDryRun)
        {
            _output.MarkupLine("[blue]Dry run: nothing was written.[/]");
            Value("Would restore", $"{Count(result.FilesRestored, "file", "files")}, {Figures.Size(result.Bytes)}");
            Value("From", $"{discsUsed}, {result.DiscsMissing.Count} of them to be inserted");
            return;
        }

        Value("Restored", $"{Count(result.FilesRestored, "file", "files")}, {Figures.Size(result.Bytes)}, from {discsUsed}");
        if (result.FilesPresent > 0)
        {
            Value("Of these", $"{Count(result.FilesPresent, "was", "were")} there already");
        }

        if (result.IsWhole)
        {
            _output.MarkupLine("[green]Every file has the hash with which it was archived.[/]");
        }
        else
        {
            string refused = result.NotRestored == 0 ? "" : $", {Count(result.NotRestored)} that could not be written";
            string others = result.OthersNotRestored == 0 ? "" : $"; {Count(result.OthersNotRestored, "directory, link or special file", "directories, links or special files")}";
            Value("Lacking", $"{Count(result.Missing.Count, "file", "files")} missing, {Count(result.Damaged.Count)} damaged{refused}{others}");
        }
    }

    private static string Ranges(IReadOnlyList<ByteRange> ranges) => ranges.Count == 0
        ? ""
        : $": {ranges.Sum(range => range.Length)} bytes lost: {string.Join(", ", ranges.Take(RangesShown).Select(range => $"{range.Offset}-{range.Offset + range.Length - 1}"))}{(ranges.Count > RangesShown ? ", ..." : "")}";
}
