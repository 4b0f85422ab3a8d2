// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Station.Imaging;

namespace Spindle.Cli.Texts;

/// <summary>An image that was made of a disc, or one after the other.</summary>
internal sealed class ImageText : IText<ImageDocument>, IText<ImageLoopDocument>
{
    private const int DamageShown = 10;

    public void Write(ImageLoopDocument document, TextLines lines)
    {
        foreach (ImagedDocument disc in document.Discs)
        {
            if (disc is ImageDocument image)
            {
                Write(image, lines);
            }
            else if (document.Error is null) // else it is told at the end
            {
                lines.Failed(disc.Error!);
            }
        }
    }

    public void Write(ImageDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            if (document.Outcome == ImagingOutcome.DryRun)
            {
                WriteDryRun(document.Result, lines);
                return;
            }

            WriteDone(document, lines);
        }

        lines.Failures(document.Concerns, isBad: true);
        lines.Failures(document.Warnings, isBad: false);
    }

    private static void WriteDone(ImageDocument document, TextLines lines)
    {
        ImagingResult result = document.Result;
        WriteHashes(result, lines);
        WriteVerdict(result, lines);
        lines.Value("Image", result.ImagePath!);
        if (result.Damage is { } damage)
        {
            DamageText.Write(DamageRecord.Of(damage), lines, DamageShown);
        }

        foreach (string path in lines.IsVerbose ? result.RecordPaths : [])
        {
            lines.Value("Record", path);
        }

        if (result.Analysis is { SizeAsExpected: false, SizeExpected: > 0 } analysis)
        {
            InspectText.Verdict(analysis, lines); // what lies behind the volume, or is missing of it
        }

        lines.Value("Summary", SummaryOf(document));
        if (document is { Catalogue: { } catalogue, FilesEntered: { } files })
        {
            lines.Value("Catalogue", $"{TextLines.Place(catalogue)}, {TextLines.Count(files, "file", "files")} of this disc");
        }
    }

    /// <summary>One line for the day's list: of two hundred discs, nobody reads more.</summary>
    private static string SummaryOf(ImageDocument document)
    {
        ImagingResult result = document.Result;
        int told = document.Concerns.Count + document.Warnings.Count;
        Reading? reading = result.Readings.FirstOrDefault(one => one.Subject != ReadingSubject.Image) ?? result.Readings.FirstOrDefault();
        string speed = reading is { Duration.Ticks: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", {Figures.MegabytesPerSecond(reading.Bytes, reading.Duration):F2}MB/s") : "";
        string sectors = TextLines.Count(result.Map?.SectorCount ?? 0, "sector", "sectors");
        return $"{Path.GetFileNameWithoutExtension(result.ImagePath)}: {sectors} in {Figures.Duration(result.Duration)}{speed}, {(told == 0 ? "no warnings" : TextLines.Count(told, "warning", "warnings"))}";
    }

    private static void WriteDryRun(ImagingResult result, TextLines lines)
    {
        lines.Line($"[blue]Dry run: nothing was read, written, unmounted or ejected.[/]");
        lines.Value("Source", result.Source.Path);
        lines.Value("Volume", result.Source.Structure.VolumeIdentifier ?? "no name");
        lines.Value("Size", Figures.Size(result.Source.Length));
        lines.Value("Would write", Path.Combine(result.Request.Directory, result.Request.Name!, result.Request.Name + ".iso"));
    }

    private static void WriteHashes(ImagingResult result, TextLines lines)
    {
        List<(string Label, string Hash)> hashes =
        [
            .. from kind in result.Request.Hashes
               from reading in result.Readings.OrderBy(reading => reading.Subject != ReadingSubject.Image)
               select ($"{kind.Name.ToUpperInvariant()} ({SubjectOf(reading)}):", reading.Hashes[kind]),
        ];
        int width = hashes.Max(line => line.Label.Length) + 1;
        foreach ((string label, string hash) in hashes)
        {
            lines.Line($"{label.PadRight(width)}[yellow]{hash}[/]");
        }
    }

    private static string SubjectOf(Reading reading) => reading.Subject switch
    {
        ReadingSubject.Image => "ISO",
        ReadingSubject.Disc => "Raw Disk",
        _ => "Raw Disk, again",
    };

    private static void WriteVerdict(ImagingResult result, TextLines lines)
    {
        string? zeros = !result.RunOut.IsEmpty ? $"{TextLines.Count(result.RunOut.Count, "run-out sector", "run-out sectors")} behind it"
            : result.OffTrack.Count > 0 ? $"the {TextLines.Count(result.OffTrack.Sum(gap => gap.Count), "sector", "sectors")} between its sessions"
            : null;
        FormattableString? verdict = result switch
        {
            { IsVerified: true, IsWhole: true } when zeros is not null => $"[green]Checksum match: ISO holds all data of the disc; zeros stand for {zeros}.[/]",
            { IsVerified: true, IsWhole: true, Source.Disc.Extent: not null } => $"[green]Checksum match: ISO is a true bit-for-bit copy of the data track.[/]",
            { IsVerified: true, IsWhole: true, Restored.Count: > 0 } =>
                $"[green]Checksum match: ISO is whole; {TextLines.Count(result.Restored.Sum(range => range.Count), "sector", "sectors")} of it came from the parity on the disc.[/]",
            { IsVerified: true, IsWhole: true } => $"[green]Checksum match: ISO is a true bit-for-bit copy.[/]",
            { IsVerified: true } => $"[yellow]Checksum match: ISO holds all that could be read; zeros stand for the rest.[/]",
            { Differences.Count: > 0 } => $"[red]Checksum mismatch: ISO is not a copy of the disc.[/]",
            { Readings.Count: < 2 } => $"[yellow]Not verified: nothing was read a second time.[/]",
            _ => null,
        };
        if (verdict is not null)
        {
            lines.Line(verdict);
        }
    }
}
