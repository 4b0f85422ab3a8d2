// SPDX-License-Identifier: MIT
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Station.Contents;
using Spindle.Station.Contract;

namespace Spindle.Cli.Texts;

/// <summary>What was taken out of a disc.</summary>
internal sealed class ExtractText : IText<ExtractDocument>
{
    public void Write(ExtractDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            string beside = document.Forks == 0 ? "" : $", and what {TextLines.Count(document.Forks, "file has", "files have")} beside the content (resource fork, Finder record, streams) as ._NAME";
            string written = $"{TextLines.Count(document.Files, "file", "files")} ({Figures.Size(document.Bytes)}), {TextLines.Count(document.Directories, "directory", "directories")} "
                + $"and {TextLines.Count(document.Symlinks, "link", "links")} written{beside}.";
            lines.Line(document.Outcome == Outcome.Done ? (FormattableString)$"[green]{written}[/]" : $"[yellow]{written}[/]");
            if (document.ForksLeftOut > 0)
            {
                lines.Line($"[yellow]Left out: what {TextLines.Count(document.ForksLeftOut, "file has", "files have")} beside the content (resource fork, streams).[/]");
            }
        }

        foreach (DamagedFile file in document.Damaged)
        {
            string why = file.BytesMissing == 0 ? "what describes it is lost in part" : $"{TextLines.Bytes(file.BytesMissing)} could not be read";
            lines.Bad($"[red]{file.Path}: {why}[/]  [[damaged-file]]");
        }

        lines.Failures(document.Skipped.Concat(lines.IsQuiet ? [] : document.Warnings), isBad: false);
    }
}
