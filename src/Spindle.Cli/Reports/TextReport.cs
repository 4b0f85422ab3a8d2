// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Reports;

/// <summary>For people: blue headers, cyan information, yellow values, green success, red errors.</summary>
internal sealed partial class TextReport : IReport
{
    private const int DamageShownWithImage = 10;

    private readonly StyledText _output;
    private readonly StyledText _error;
    private readonly ReportStyle _style;
    private readonly Terminal _terminal;

    public TextReport(Terminal terminal, ReportStyle style)
    {
        _terminal = terminal;
        _style = style;
        _output = terminal.Styled(terminal.Output, style.NoColor);
        _error = terminal.Styled(terminal.Error, style.NoColor);
        Progress = new ProgressReport(terminal, style.Progress);
    }

    public IProgress<WorkProgress> Progress { get; }

    public void Note(string text)
    {
        if (!_style.IsQuiet)
        {
            _output.MarkupLineInterpolated($"[cyan]{text}[/]");
        }
    }

    public void Told<TDocument>(TDocument document, JsonTypeInfo<TDocument> form, IText<TDocument> text)
        where TDocument : Document
    {
        if (document.IsTold)
        {
            text.Write(document, new(_terminal, _style));
        }

        if (document.Error is { } error)
        {
            Failed(error);
        }
    }

    public void Printed(string key, JsonValue value) => _terminal.Output.WriteLine(value.ToString());

    public void BeginDiscs()
    {
        // Each is told of when it is done.
    }

    public void EndDiscs()
    {
    }

    public void Imaged(ImagingResult result, EnteredDisc entered)
    {
        if (!_style.IsQuiet)
        {
            if (result.Outcome == ImagingOutcome.DryRun)
            {
                DryRun(result);
                return;
            }

            Hashes(result);
            Verdict(result);
            Value("Image", result.ImagePath!);
            if (result.Damage is { } damage)
            {
                DamageText.Write(DamageRecord.Of(damage), new(_terminal, _style), DamageShownWithImage);
            }

            foreach (string path in _style.IsVerbose ? result.RecordPaths : [])
            {
                Value("Record", path);
            }

            if (result.Analysis is { SizeAsExpected: false, SizeExpected: > 0 } analysis)
            {
                InspectText.Verdict(analysis, new(_terminal, _style)); // what lies behind the volume, or is missing of it
            }

            Value("Summary", SummaryOf(result, entered));
            if (entered.Catalogue is not null)
            {
                Value("Catalogue", $"{entered.Catalogue}, {Count(entered.Files, "file", "files")} of this disc");
            }
        }

        foreach (Failure concern in result.Concerns)
        {
            Tell(concern, "red");
        }

        foreach (Failure warning in result.Warnings.Concat(entered.Concern is { } notEntered ? [notEntered] : []))
        {
            Tell(warning, "yellow");
        }
    }

    /// <summary>One line for the day's list: of two hundred discs, nobody reads more.</summary>
    private static string SummaryOf(ImagingResult result, EnteredDisc entered)
    {
        long sectors = result.Map?.SectorCount ?? 0;
        int told = result.Concerns.Count + result.Warnings.Count + (entered.Concern is null ? 0 : 1);
        Reading? reading = result.Readings.FirstOrDefault(one => one.Subject != ReadingSubject.Image) ?? result.Readings.FirstOrDefault();
        string speed = reading is { Duration.Ticks: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", {Figures.MegabytesPerSecond(reading.Bytes, reading.Duration):F2}MB/s") : "";
        return $"{Path.GetFileNameWithoutExtension(result.ImagePath)}: {Count(sectors, "sector", "sectors")} in {Figures.Duration(result.Duration)}{speed}, {(told == 0 ? "no warnings" : Count(told, "warning", "warnings"))}";
    }

    public void Failed(Failure failure)
    {
        _error.MarkupLineInterpolated($"[red]spindle: {failure.What}[/]  [[{failure.Code}]]");
        if (failure.Hint is not null)
        {
            _error.MarkupLineInterpolated($"         {failure.Hint}");
        }
    }

    private void DryRun(ImagingResult result)
    {
        _output.MarkupLine("[blue]Dry run: nothing was read, written, unmounted or ejected.[/]");
        Value("Source", result.Source.Path);
        Value("Volume", result.Source.Structure.VolumeIdentifier ?? "no name");
        Value("Size", Figures.Size(result.Source.Length));
        Value("Would write", Path.Combine(result.Request.Directory, result.Request.Name!, result.Request.Name + ".iso"));
    }

    private void Hashes(ImagingResult result)
    {
        List<(string Label, string Hash)> lines =
        [
            .. from kind in result.Request.Hashes
               from reading in result.Readings.OrderBy(reading => reading.Subject != ReadingSubject.Image)
               select ($"{kind.Name().ToUpperInvariant()} ({SubjectOf(reading)}):", reading.Hashes[kind]),
        ];
        int width = lines.Max(line => line.Label.Length) + 1;
        foreach ((string label, string hash) in lines)
        {
            _output.MarkupLineInterpolated($"{label.PadRight(width)}[yellow]{hash}[/]");
        }
    }

    private static string SubjectOf(Reading reading) => reading.Subject switch
    {
        ReadingSubject.Image => "ISO",
        ReadingSubject.Disc => "Raw Disk",
        _ => "Raw Disk, again",
    };

    private void Verdict(ImagingResult result)
    {
        if (result.IsVerified && !result.RunOut.IsEmpty && result.IsWhole)
        {
            _output.MarkupLineInterpolated(
                $"[green]Checksum match: ISO holds all data of the disc; zeros stand for {result.RunOut.Count} run-out sectors behind it.[/]");
        }
        else if (result.IsVerified && result.IsWhole && result.OffTrack.Count > 0)
        {
            _output.MarkupLineInterpolated(
                $"[green]Checksum match: ISO holds all data of the disc; zeros stand for the {result.OffTrack.Sum(gap => gap.Count)} sectors between its sessions.[/]");
        }
        else if (result.IsVerified && result.IsWhole && result.Source.Disc.Extent is not null)
        {
            _output.MarkupLine("[green]Checksum match: ISO is a true bit-for-bit copy of the data track.[/]");
        }
        else if (result.IsVerified && result.IsWhole && result.Restored.Count > 0)
        {
            _output.MarkupLineInterpolated(
                $"[green]Checksum match: ISO is whole; {result.Restored.Sum(range => range.Count)} sectors of it came from the parity on the disc.[/]");
        }
        else if (result.IsVerified && result.IsWhole)
        {
            _output.MarkupLine("[green]Checksum match: ISO is a true bit-for-bit copy.[/]");
        }
        else if (result.IsVerified)
        {
            _output.MarkupLine("[yellow]Checksum match: ISO holds all that could be read; zeros stand for the rest.[/]");
        }
        else if (result.Differences.Count > 0)
        {
            _output.MarkupLine("[red]Checksum mismatch: ISO is not a copy of the disc.[/]");
        }
        else if (result.Readings.Count < 2)
        {
            _output.MarkupLine("[yellow]Not verified: nothing was read a second time.[/]");
        }
    }

    private void Value(string name, string value) => _output.MarkupLineInterpolated($"[cyan]{name + ":",-16}[/][yellow]{value}[/]");

    private void Tell(Failure failure, string colour)
    {
        _error.MarkupLine($"[{colour}]{Markup.Escape(failure.What)}[/]  [[{failure.Code}]]");
        if (failure.Hint is not null)
        {
            _error.MarkupLineInterpolated($"  {failure.Hint}");
        }
    }
}
