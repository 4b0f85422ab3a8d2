// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Restoring;

namespace Spindle.Cli.Texts;

/// <summary>What was got back from discs.</summary>
internal sealed class RestoreText : IText<RestoreDocument>
{
    public void Write(RestoreDocument document, TextLines lines)
    {
        lines.Failures(document.Concerns, isBad: false);
        lines.Failures(document.Problems, isBad: true);
        foreach (MissingFilePart file in document.Missing)
        {
            string discs = file.Discs.Count == 0 ? "on no disc" : $"on disc {string.Join(", ", file.Discs)}";
            lines.Line($"[red]missing[/]  {file.Path}  {discs}{TextLines.Lost(file.Ranges)}");
        }

        foreach (DamagedArchiveFilePart file in document.Damaged)
        {
            string how = file.Ranges.Count == 0 ? ": all can be read, but it is not what was archived" : TextLines.Lost(file.Ranges);
            string kept = file.Kept is null || file.Kept == file.Path + ".damaged" ? "" : $"; what could be had is {file.Kept}";
            lines.Line($"[red]damaged[/]  {file.Path}  on disc {file.Disc}{how}{kept}");
        }

        foreach (RestoredAs name in document.Renamed)
        {
            lines.Line($"[yellow]renamed[/]  {name.Path}  is {name.As} here");
        }

        foreach (NeededDiscPart disc in document.DiscsMissing)
        {
            string copies = disc.Places.Count == 0 ? "" : $" (copy {string.Join("; ", disc.Places)})";
            lines.Line($"[yellow]Needed:[/] disc {disc.Number}, {disc.Label}{copies}, for {TextLines.Count(disc.Files, "file", "files")}, {Figures.Size(disc.Bytes)}");
        }

        if (!lines.IsQuiet)
        {
            WriteSummary(document, lines);
        }
    }

    private static void WriteSummary(RestoreDocument document, TextLines lines)
    {
        string files = $"{TextLines.Count(document.FilesRestored, "file", "files")}, {Figures.Size(document.Bytes)}";
        string discs = TextLines.Count(document.DiscsUsed.Count, "disc", "discs");
        if (document.DryRun)
        {
            lines.Line($"[blue]Dry run: nothing was written.[/]");
            lines.Value("Would restore", files);
            lines.Value("From", $"{discs}, {TextLines.Number(document.DiscsMissing.Count)} of them to be inserted");
            return;
        }

        lines.Value("Restored", $"{files}, from {discs}");
        if (document.DiscsMadeAgain.Count > 0)
        {
            lines.Value("Made again", $"{string.Join(", ", document.DiscsMadeAgain)}, by parity discs");
        }

        if (document.FilesPresent > 0)
        {
            lines.Value("Of these", $"{TextLines.Count(document.FilesPresent, "was", "were")} there already");
        }

        if (document.IsWhole)
        {
            lines.Line($"[green]Every file has the hash with which it was archived.[/]");
            return;
        }

        string[] lacking =
        [
            .. Counted(document.FilesMissing, "file missing", "files missing"),
            .. Counted(document.FilesDamaged, "file damaged", "files damaged"),
            .. Counted(document.FilesNotRestored, "file could not be written, or something else has its name", "files could not be written, or something else has their names"),
            .. Counted(document.NamesChanged, "name is another one here, for this file system does not take it, or takes it for another's", "names are others here, for this file system does not take them, or takes them for others'"),
            .. Counted(document.OthersNotRestored, "directory, link or special file not restored", "directories, links or special files not restored"),
        ];
        if (lacking.Length > 0)
        {
            lines.Value("Lacking", string.Join("; ", lacking));
        }
    }

    private static string[] Counted(long count, string one, string many) => count == 0 ? [] : [TextLines.Count(count, one, many)];
}
