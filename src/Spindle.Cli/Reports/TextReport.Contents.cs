// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Extracting;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>What is on a disc, for people. Lists are plain text: they may have a million lines.</summary>
internal sealed partial class TextReport
{
    public void Listed(Volume volume, IEnumerable<VolumeEntry> entries, bool isLong, CancellationToken cancellationToken)
    {
        ListingText.Write(entries, isLong, _terminal.Output, cancellationToken);
        TellMissing(volume);
    }

    public void Drawn(Volume volume, DateTimeOffset now)
    {
        TreeText.Write(volume, _terminal.Output, now);
        TellMissing(volume);
    }

    public void Extracted(ExtractionResult result)
    {
        if (!_style.IsQuiet)
        {
            string colour = result.IsWhole ? "green" : "yellow";
            _output.MarkupLine(
                $"[{colour}]{Count(result.Files, "file", "files")} ({Figures.Size(result.Bytes)}), {Count(result.Directories, "directory", "directories")} "
                + $"and {Count(result.Symlinks, "link", "links")} written{(result.Forks > 0 ? $", and what {Count(result.Forks, "file has", "files have")} beside the content (resource fork, Finder record, streams) as ._NAME" : "")}.[/]");
            if (result.ForksLeftOut > 0)
            {
                _output.MarkupLine($"[yellow]Left out: what {Count(result.ForksLeftOut, "file has", "files have")} beside the content (resource fork, streams).[/]");
            }
        }

        foreach (DamagedFile file in result.Damaged)
        {
            string why = file.BytesMissing == 0 ? "what describes it is lost in part" : $"{Count(file.BytesMissing, "byte", "bytes")} could not be read";
            _error.MarkupLineInterpolated($"[red]{file.Path}: {why}[/]  [[damaged-file]]");
        }

        foreach (Failure skipped in result.Skipped.Concat(_style.IsQuiet ? [] : result.Warnings))
        {
            Tell(skipped, "yellow");
        }
    }

    private void TellMissing(Volume volume)
    {
        if (Incompleteness.Of(volume) is { } missing)
        {
            Tell(missing, "yellow");
        }

        if (!_style.IsQuiet && volume.Richer is not null)
        {
            Tell(Incompleteness.OfOtherTrees(volume).First(), "yellow");
        }

        if (!_style.IsQuiet && Incompleteness.OfNames(volume) is { } names)
        {
            Tell(names, "yellow");
        }
    }

    private static string Count(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
