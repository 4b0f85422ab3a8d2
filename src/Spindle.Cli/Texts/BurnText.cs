// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Burning;
using Spindle.Media;
using Spindle.Station.Burning;
using Spindle.Station.Contract;

namespace Spindle.Cli.Texts;

/// <summary>Discs that were burned.</summary>
internal sealed class BurnText : IText<BurnDocument>
{
    private const int RangesShown = 5;

    public void Write(BurnDocument document, TextLines lines)
    {
        foreach (BurnedImagePart image in lines.IsQuiet ? [] : document.Images)
        {
            Write(image, lines);
        }

        foreach (BurnedDiscPart disc in document.Discs)
        {
            Write(disc, document.Images.Count > 1, lines);
        }

        if (!lines.IsQuiet)
        {
            lines.Line(Summary(document));
            foreach (IGrouping<string, RememberedCopyPart> disc in document.Discs.Select(disc => disc.Remembered).OfType<RememberedCopyPart>().GroupBy(one => one.ParityDisc is { } parity ? $"parity disc {parity}" : $"disc {one.Disc}"))
            {
                string[] names = [.. disc.Select(one => one.Copy).OfType<string>()];
                lines.Value("Remembered", $"{(names.Length == 0 ? "no copy" : $"as copy {string.Join(", ", names)}")} of {disc.Key} in {document.Catalogue}");
            }
        }

        lines.Failures(document.Concerns, isBad: true);
        lines.Failures(document.Warnings.Select(warning => warning with { What = $"not remembered: {warning.What}" }), isBad: false);
    }

    private static void Write(BurnedImagePart image, TextLines lines)
    {
        string disc = image.Disc is { } number ? $"disc {number}" : image.ParityDisc is { } parity ? $"parity disc {parity}" : "";
        lines.Value("Image", image.Image is { } path ? $"{path}{(disc.Length > 0 ? $", {disc}" : "")}" : $"none of {disc}");
        if (image is { Sectors: { } sectors, Bytes: { } bytes })
        {
            lines.Value("Size", $"{TextLines.Count(sectors, "sector", "sectors")} ({Figures.Size(bytes)})");
        }

        if (image.Sha256 is { } sha256)
        {
            lines.Value("SHA256", sha256 + (image.Recorded ? ", as its record says" : ""));
        }

        if (image.CopiesHeld > 0)
        {
            lines.Value("Has already", $"{TextLines.Count(image.CopiesHeld, "copy that holds", "copies that hold")}");
        }
    }

    private static void Write(BurnedDiscPart disc, bool isOneOfMany, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            string medium = string.Join(", ", new[] { disc.Kind, disc.MediumId, disc.Method }.OfType<string>());
            string of = isOneOfMany ? $" of {disc.Image}" : "";
            lines.Line($"[blue]Copy {disc.Copy}{of}[/]  {disc.Drive}{(medium.Length == 0 ? "" : $": {medium}")}");
            lines.Line(disc.State switch
            {
                CopyState.Verified => (FormattableString)$"{"  Verdict:",-16}[green]verified: read, and the same as the image[/]",
                CopyState.Burned => $"{"  Verdict:",-16}[yellow]burned, not verified[/]",
                CopyState.Simulated => $"{"  Verdict:",-16}[green]simulated; the disc is as it was[/]",
                CopyState.Refused => $"{"  Verdict:",-16}[yellow]refused; the disc is as it was[/]",
                CopyState.Cancelled => $"{"  Verdict:",-16}[yellow]stopped[/]",
                _ => $"{"  Verdict:",-16}[red]spoiled: no copy[/]",
            });
            if (disc.SectorsWritten > 0)
            {
                lines.Value("  Burned", $"{TextLines.Count(disc.SectorsWritten, "sector", "sectors")} in {Seconds(disc, "burning")}{(disc.LowestBufferPercent is { } percent ? $", buffer never below {percent} %" : "")}");
            }

            if (disc.SectorsCompared > 0)
            {
                lines.Value("  Compared", $"{TextLines.Count(disc.SectorsCompared, "sector", "sectors")} in {Seconds(disc, "verifying")}{(disc.VerifiedIn is { } other && other.Path != disc.Drive ? $", in {other.Path}" : disc.Reloaded ? ", after it was out of the drive" : "")}");
            }
        }

        if (disc.Parity is { WorstBlock: > 0 } parity)
        {
            lines.Value("  Parity", parity.WorstMargin >= 0
                ? $"gives back all of it: {parity.WorstBlock} of {parity.Roots} sectors that its worst block may lose are lost"
                : $"does not give back all of it: its worst block has lost {parity.WorstBlock} sectors, and may lose {parity.Roots}");
        }

        Write("cannot be read", disc.Unreadable, lines);
        Write("differ", disc.Different, lines);
        if (!lines.IsQuiet && disc.Slow.Count > 0)
        {
            lines.Value("  Slow", Ranges(disc.Slow));
        }

        lines.Failures(disc.Notes, isBad: false);
    }

    private static void Write(string what, IReadOnlyList<SectorRangePart> ranges, TextLines lines)
    {
        if (ranges.Count > 0)
        {
            lines.Bad($"[red]  sectors that {what}[/]: {Ranges(ranges)}");
        }
    }

    private static string Ranges(IReadOnlyList<SectorRangePart> ranges) =>
        string.Join(", ", ranges.Take(RangesShown).Select(range => new SectorRange(range.Start, range.Count).ToString())) + (ranges.Count > RangesShown ? ", …" : "");

    private static string Seconds(BurnedDiscPart disc, string step) =>
        string.Create(CultureInfo.InvariantCulture, $"{disc.Seconds.GetValueOrDefault(step):0} s");

    private static FormattableString Summary(BurnDocument document) => document switch
    {
        { CopiesWanted: 0 } => $"{"Copies:",-16}[green]nothing to burn: there are as many as were asked for[/]",
        { Simulated: true } => $"{"Copies:",-16}none: it was a simulation",
        { CopiesVerified: var verified } when verified == document.CopiesWanted => $"{"Copies:",-16}[green]{verified} of {document.CopiesWanted} verified[/]",
        { CopiesUnverified: > 0 } => $"{"Copies:",-16}[yellow]{document.CopiesVerified} of {document.CopiesWanted} verified, {document.CopiesUnverified} not verified[/]",
        _ => $"{"Copies:",-16}[red]{document.CopiesVerified} of {document.CopiesWanted} verified[/]",
    };
}
