// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats;
using Spindle.Formats.Analysis;
using Spindle.Station.Inspecting;

namespace Spindle.Cli.Texts;

/// <summary>What is on discs, and what is wrong with them.</summary>
internal sealed class InspectText : IText<InspectDocument>
{
    private const int FindingsShown = 20;

    public void Write(InspectDocument document, TextLines lines)
    {
        foreach (InspectedImagePart image in document.Images)
        {
            lines.Line($"[blue]{image.Source}[/]");
            if (image.Error is { } error)
            {
                lines.Failure(error, isBad: true);
            }
            else
            {
                Write(image, image.Analysis!, lines);
            }
        }
    }

    /// <summary>Whether a medium is as large as it should be.</summary>
    internal static void Verdict(DiscAnalysis analysis, TextLines lines)
    {
        string sectors = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(analysis.SizeDifference) / 2048.0:0.##} sector{(Math.Abs(analysis.SizeDifference) == 2048 ? "" : "s")}");
        (string colour, string verdict) = analysis switch
        {
            { ContainsKnownFileSystem: false } => ("red", "no file system that is known"),
            { EndsBeforeFiles: true } => ("red", $"smaller than its files need: {sectors} missing at the end"),
            { SmallerThanExpected: true } => ("red", $"smaller than expected: {sectors} missing at the end"),
            { SizeAsExpected: true } => ("green", "as large as expected"),
            { Trailing: TrailingData.Padding } => ("green", $"whole, and {sectors} of padding"),
            { Trailing: TrailingData.RunOut } => ("green", $"whole, and {sectors} of run-out"),
            _ => ("yellow", $"larger than expected by {sectors}, not empty"),
        };
        (colour, verdict) = analysis.LosesFiles ? ("red", $"{verdict}; names are missing, or files are damaged: see below") : (colour, verdict);
        lines.Line(colour switch
        {
            "red" => (FormattableString)$"[cyan]{"Verdict:",-16}[/][red]{verdict}[/]",
            "green" => $"[cyan]{"Verdict:",-16}[/][green]{verdict}[/]",
            _ => $"[cyan]{"Verdict:",-16}[/][yellow]{verdict}[/]",
        });
    }

    private static void Write(InspectedImagePart image, DiscAnalysis analysis, TextLines lines)
    {
        foreach (FileSystemPart fileSystem in image.FileSystems!)
        {
            lines.Value(fileSystem.Type, $"{fileSystem.VolumeIdentifier}{(fileSystem.SizeExpected is { } size ? $"  ({TextLines.Bytes(size)})" : "")}");
        }

        if (image.Sessions!.Count > 1)
        {
            lines.Value("Sessions", string.Create(
                CultureInfo.InvariantCulture, $"{image.Sessions.Count}, at sectors {string.Join(", ", image.Sessions)}; shown: {image.SessionStart ?? 0}"));
        }

        lines.Value("Trees", string.Join(", ", image.Views!));
        if (image.Holds is { } holds)
        {
            HoldsText.Write(holds, lines);
        }

        lines.Value("Size", TextLines.Bytes(analysis.SizeActual));
        if (image.SectorsUnread > 0)
        {
            lines.Value("Not read", $"{TextLines.Count(image.SectorsUnread.Value, "sector", "sectors")}, by the map of the image");
        }

        lines.Value("Expected", analysis.SizeExpected > 0 ? TextLines.Bytes(analysis.SizeExpected) : "not known");
        foreach (SizePart size in lines.IsVerbose ? image.Sizes! : [])
        {
            lines.Value("  by", $"{size.Source}: {TextLines.Bytes(size.Bytes)} ({size.Clause}){(size.Believed ? "" : ", not believed")}");
        }

        Verdict(analysis, lines);
        foreach ((Rule rule, long count) in analysis.Findings.Counts.Take(lines.IsVerbose ? int.MaxValue : FindingsShown))
        {
            Finding first = analysis.Findings.Items.First(finding => finding.Rule == rule);
            string more = count > 1 ? $" and {TextLines.Number(count - 1)} more" : "";
            lines.Line($"[yellow]{rule.Id}[/] {rule.Summary}: {first.Detail}, at byte {first.Position}{more}");
        }
    }
}

/// <summary>The same as isolyzer tells it: one XML document.</summary>
internal sealed class IsolyzerText : IText<InspectDocument>
{
    public void Write(InspectDocument document, TextLines lines) => IsolyzerXml.Write(
        lines.Plain, "spindle", typeof(IsolyzerText).Assembly.GetName().Version!.ToString(fieldCount: 3), document.Images.Select(ToImage));

    private static IsolyzerImage ToImage(InspectedImagePart image) => new()
    {
        FileName = Path.GetFileName(image.Source),
        FilePath = Path.GetFullPath(image.Source),
        FileSize = image.SizeActual ?? 0,
        LastModified = File.Exists(image.Source) ? new DateTimeOffset(File.GetLastWriteTime(image.Source)) : DateTimeOffset.UnixEpoch,
        Analysis = image.Analysis,
        FailureMessage = image.Error?.What,
    };
}
