// SPDX-License-Identifier: MIT
using Spectre.Console;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Cli.Reports;

/// <summary>Drives, for people.</summary>
internal sealed partial class TextReport
{
    public void Found(IReadOnlyList<DriveReport> drives)
    {
        if (drives.Count == 0)
        {
            Note("No optical drive was found.");
        }

        foreach (DriveReport drive in drives)
        {
            Show(drive);
        }
    }

    private void Show(DriveReport drive)
    {
        string name = string.Join(' ', new[] { drive.Vendor, drive.Model, drive.Firmware }.OfType<string>());
        _output.MarkupLineInterpolated($"[blue]{drive.Path}[/]  {(name.Length > 0 ? name : "unknown drive")}{(drive.Connection is null ? "" : $" ({drive.Connection})")}");
        _output.MarkupLine($"{"Status:",-16}[{(drive.IsReady ? "green" : "yellow")}]{Markup.Escape(drive.Status.Title())}[/]");
        if (drive.Disc.Kind != DiscKind.Unknown)
        {
            Value("Disc", $"{drive.Disc.Medium ?? "disc"}, {drive.Disc.Kind.Title()}{(drive.Disc.IsUnfinalised ? ", not closed" : "")}{(drive.Disc.Protection is { } protection ? $", encrypted ({protection})" : "")}");
        }

        if (drive.Length is { } length)
        {
            Value("Volume", drive.VolumeIdentifier is { } volume ? volume : "no name");
            Value("File systems", drive.FileSystems.Count > 0 ? string.Join(", ", drive.FileSystems) : "none that is known");
            Value("Size", $"{Figures.Size(length)} ({Bytes(length)})");
        }

        ShowTracks(drive.Disc);
        if (drive.MountPoints.Count > 0)
        {
            Value("Mounted", string.Join(", ", drive.MountPoints));
        }

        if (drive.Failure is not null)
        {
            Tell(drive.Failure, "yellow");
        }
    }

    private void ShowTracks(DiscClass disc)
    {
        // One track of data in one session: there is nothing to tell apart.
        if (disc.Tracks.Count > 1 || _style.IsVerbose)
        {
            foreach (DiscTrackSummary track in disc.Tracks)
            {
                Value($"Track {track.Number}", $"session {track.Session}, {(track.IsData ? "data" : "audio")}, sectors {track.Range}{(track.Title is null ? "" : $", {track.Title}")}");
            }
        }

        foreach (DiscSize size in _style.IsVerbose ? disc.Sizes : [])
        {
            Value("  by", $"{size.Source}: {size.Sectors} sectors ({size.Clause})");
        }
    }
}
