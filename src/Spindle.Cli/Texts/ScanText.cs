// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Archiving;

namespace Spindle.Cli.Texts;

/// <summary>Trees that were scanned.</summary>
internal sealed class ScanText : IText<ScanDocument>
{
    private const int ProblemsShown = 20;

    public void Write(ScanDocument document, TextLines lines) => Write(document.Sources, document.Catalogue, lines);

    internal static void Write(IReadOnlyList<ScannedSourcePart> sources, string catalogue, TextLines lines)
    {
        foreach (ScannedSourcePart source in sources)
        {
            if (!lines.IsQuiet)
            {
                Write(source, catalogue, lines);
            }

            lines.Failures(source.Concerns, isBad: false);
            lines.Failures(lines.IsVerbose ? source.Problems : source.Problems.Take(ProblemsShown), isBad: true);
            if (source.ProblemCount > ProblemsShown && !lines.IsVerbose)
            {
                lines.Bad($"[red]and {TextLines.Number(source.ProblemCount - ProblemsShown)} more; --verbose names them[/]");
            }
        }
    }

    private static void Write(ScannedSourcePart source, string catalogue, TextLines lines)
    {
        lines.Line($"[blue]{source.Source}[/]");
        string others = source.Others == 0 ? "" : $", {TextLines.Count(source.Others, "link or special file", "links and special files")}";
        lines.Value("Found", $"{TextLines.Count(source.Files, "file", "files")} ({Figures.Size(source.Bytes)}), {TextLines.Count(source.Directories, "directory", "directories")}{others}");
        lines.Value("Different", (source.Added, source.Changed, source.Moved, source.Deleted) == default
            ? "nothing"
            : $"{TextLines.Number(source.Added)} new, {TextLines.Number(source.Changed)} changed, {TextLines.Number(source.Moved)} moved, {TextLines.Number(source.Deleted)} deleted");
        lines.Value("Read", $"{TextLines.Count(source.FilesRead, "file", "files")} ({Figures.Size(source.BytesRead)}) in {Figures.Duration(TimeSpan.FromSeconds(source.DurationSeconds))}");
        lines.Value("Catalogue", $"{TextLines.Place(catalogue)}, scan {source.Scan}" + (source.Resumed ? ", which went on where it had been cut off" : ""));
    }
}
