// SPDX-License-Identifier: MIT
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Drives;

namespace Spindle.Cli.Texts;

/// <summary>Optical drives, and what is in them.</summary>
internal sealed class DrivesText : IText<DrivesDocument>
{
    private const int BytesOfSector = 2048; // of all discs that are burned

    public void Write(DrivesDocument document, TextLines lines)
    {
        if (document.Drives.Count == 0 && !lines.IsQuiet)
        {
            lines.Line($"[cyan]No optical drive was found.[/]");
        }

        foreach (DrivePart drive in document.Drives)
        {
            Write(drive.Report, drive.Name, lines);
        }
    }

    private static void Write(DriveReport drive, string? called, TextLines lines)
    {
        string name = string.Join(' ', new[] { drive.Vendor, drive.Model, drive.Firmware }.OfType<string>());
        lines.Line($"[blue]{drive.Path}[/]  {(name.Length > 0 ? name : "unknown drive")}{(drive.Connection is null ? "" : $" ({drive.Connection})")}");
        if (called is not null)
        {
            lines.Value("Name", called);
        }

        if (lines.IsVerbose && drive.Identity is { } identity)
        {
            lines.Value("Identity", identity);
        }

        lines.Line(drive.IsReady ? (FormattableString)$"{"Status:",-16}[green]{drive.Status.Title()}[/]" : $"{"Status:",-16}[yellow]{drive.Status.Title()}[/]");
        if (drive.Disc.Kind != DiscKind.Unknown)
        {
            lines.Value("Disc", $"{drive.Disc.Medium ?? "disc"}, {drive.Disc.Kind.Title()}{(drive.Disc.IsUnfinalised ? ", not closed" : "")}{(drive.Disc.Protection is { } protection ? $", encrypted ({protection})" : "")}");
        }

        if (drive.Writable is { } writable && (writable.IsBlank || lines.IsVerbose))
        {
            string room = writable.FreeSectors > 0 ? $"{TextLines.Count(writable.FreeSectors, "sector", "sectors")} free ({Figures.Size(writable.FreeSectors * BytesOfSector)})" : "no room is known of";
            lines.Value("Writable", $"{room}{(writable.MediumId is { } maker ? $", made as {maker}" : "")}{(writable.CanBeBurned ? "" : ", not by this drive")}");
        }

        if (drive.Length is { } length)
        {
            lines.Value("Volume", drive.VolumeIdentifier ?? "no name");
            lines.Value("File systems", drive.FileSystems.Count > 0 ? string.Join(", ", drive.FileSystems) : "none that is known");
            lines.Value("Size", $"{Figures.Size(length)} ({TextLines.Bytes(length)})");
        }

        WriteTracks(drive.Disc, lines);
        if (drive.MountPoints.Count > 0)
        {
            lines.Value("Mounted", string.Join(", ", drive.MountPoints));
        }

        if (drive.Failure is { } failure)
        {
            lines.Failure(failure, isBad: false);
        }
    }

    private static void WriteTracks(DiscClass disc, TextLines lines)
    {
        // One track of data in one session: there is nothing to tell apart.
        if (disc.Tracks.Count > 1 || lines.IsVerbose)
        {
            foreach (DiscTrackSummary track in disc.Tracks)
            {
                lines.Value($"Track {track.Number}", $"session {track.Session}, {(track.IsData ? "data" : "audio")}, sectors {track.Range}{(track.Title is null ? "" : $", {track.Title}")}");
            }
        }

        foreach (DiscSize size in lines.IsVerbose ? disc.Sizes : [])
        {
            lines.Value("  by", $"{size.Source}: {TextLines.Count(size.Sectors, "sector", "sectors")} ({size.Clause})");
        }
    }
}
