// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Drives;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The log: what was done and seen, for people. Every time in it was taken when the thing happened.</summary>
internal static class LogText
{
    private const int LabelWidth = 20;

    private static readonly string Rule = new('=', 70);

    public static byte[] Of(ImagingResult result)
    {
        StringBuilder log = new();
        log.Append(Rule).Append("\nOPTICAL DISC TO ISO BACKUP LOG\n").Append(Rule).Append('\n');
        Summary(log, result);
        Disc(log, result.Source);
        Files(log, result);
        Runs(log, result);
        Operations(log, result);
        Verification(log, result);
        Findings(log, result);
        Problems(log, result);
        Section(log, "SYSTEM INFORMATION");
        Line(log, "Tool", $"{Tool.Name} {Tool.Version}");
        Line(log, "Host", Environment.MachineName);
        Line(log, "User", Environment.UserName);
        Line(log, "System", System.Runtime.InteropServices.RuntimeInformation.OSDescription);
        log.Append('\n').Append(Rule).Append('\n');
        Line(log, "Log generated", Figures.Moment(result.EndedAt));
        return Encoding.UTF8.GetBytes(log.ToString());
    }

    private static void Summary(StringBuilder log, ImagingResult result)
    {
        Section(log, "BACKUP SUMMARY");
        Line(log, "Run ID", result.RunName);
        Line(log, "UUID", result.Id.ToString());
        Line(log, "Command", result.Request.CommandLine);
        Line(log, "Operator", result.Request.Operator ?? "not given");
        foreach ((string name, string? text) in new[] { ("Identifier", result.Request.Identifier), ("Title", result.Request.Title), ("Note", result.Request.Note) })
        {
            if (text is not null)
            {
                Line(log, name, text);
            }
        }

        Line(log, "Start Time", Figures.Moment(result.StartedAt));
        Line(log, "End Time", Figures.Moment(result.EndedAt));
        Line(log, "Total Duration", Figures.Duration(result.Duration));
        Line(log, "Status", result.Outcome.ToString());
        Line(log, "Verification", result switch
        {
            { Readings.Count: < 2 } => "not performed",
            { IsVerified: true } => "verified by a second reading",
            { Differences.Count: > 0 } => "FAILED: the readings disagree",
            _ => "the readings agree, but the second may have come from memory",
        });
    }

    private static void Disc(StringBuilder log, SourceDescription source)
    {
        Section(log, "DISC INFORMATION");
        Line(log, "Source", source.Path);
        Line(log, "Volume Name", source.Structure.VolumeIdentifier ?? "not known");
        Line(log, "Volume Size", string.Create(CultureInfo.InvariantCulture, $"{source.Length:N0} bytes ({Figures.Size(source.Length)})"));
        foreach (Formats.Analysis.SizeCandidate size in source.Structure.Sizes)
        {
            Line(log, $"Size by {size.Source}", string.Create(CultureInfo.InvariantCulture, $"{size.Bytes:N0} bytes"));
        }

        foreach (DiscSize size in source.Disc.Sizes)
        {
            Line(log, $"Size by {size.Source}", string.Create(CultureInfo.InvariantCulture, $"{size.Sectors * source.SectorSize:N0} bytes"));
        }

        Line(log, "Sector Size", $"{source.SectorSize} bytes{(source.IsRaw ? ", read out of raw sectors of 2352 bytes" : "")}");
        Line(log, "File System", source.Structure.FileSystems.Count > 0 ? string.Join(" + ", source.Structure.FileSystems) : "not known");
        if (source.Disc.Kind != DiscKind.Unknown)
        {
            Line(log, "Disc", $"{source.Disc.Medium}, {source.Disc.Kind.Title()}{(source.Disc.IsUnfinalised ? ", not closed" : "")}");
            foreach (DiscTrackSummary track in source.Disc.Tracks)
            {
                Line(log, $"Track {track.Number}", $"session {track.Session}, {(track.IsData ? "data" : "audio")}, sectors {track.Range}{(track.Title is null ? "" : $", {track.Title}")}");
            }
        }

        if (source.Device is { } device)
        {
            Line(log, "Device", device.Node);
            Line(log, "Drive", string.Join(' ', new[] { device.Vendor, device.Model, device.Firmware }.OfType<string>()));
        }
    }

    private static void Files(StringBuilder log, ImagingResult result)
    {
        Section(log, "OUTPUT FILES");
        Line(log, "Image", result.ImagePath ?? "none");
        foreach (string path in result.RecordPaths)
        {
            Line(log, "", path);
        }
    }

    private static void Runs(StringBuilder log, ImagingResult result)
    {
        Section(log, "RUNS");
        foreach (ImagingRunRecord run in result.Runs)
        {
            string When(DateTimeOffset? moment) => moment is { } known ? Figures.Moment(known) : "not known";
            Line(log, "Run", $"{When(run.StartedAt)} to {When(run.EndedAt)}, {run.Outcome?.ToString() ?? "cut off"}");
            Line(log, "  operator", run.Operator ?? "not given");
            Line(log, "  source", run.Source is null ? "not known" : $"{run.Source}{(run.Drive is null ? "" : $", {run.Drive}")}");
            Line(log, "  command", run.CommandLine ?? "not known");
            Line(log, "  sectors", $"{Number(run.SectorsRead)} read in {Number(run.Passes)} passes, {Number(run.SectorsGot)} of the image are of this run");
        }
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number";

    private static void Findings(StringBuilder log, ImagingResult result)
    {
        if (result.Analysis is not { Findings.Items.Count: > 0 } analysis)
        {
            return;
        }

        Section(log, "STRUCTURE");
        foreach (Formats.Finding finding in analysis.Findings.Items)
        {
            Line(log, finding.Rule.Id, string.Create(CultureInfo.InvariantCulture, $"{finding.Rule.Summary}, at byte {finding.Position}: {finding.Detail}"));
        }
    }

    private static void Operations(StringBuilder log, ImagingResult result)
    {
        Section(log, "OPERATION DETAILS");
        foreach (DeviceMount mount in result.Unmounted)
        {
            Line(log, "Disk Unmount", mount.Point);
        }

        foreach (DeviceMount mount in result.MountedAgain)
        {
            Line(log, "Mounted again", mount.Point);
        }

        foreach (Reading reading in result.Readings)
        {
            string title = reading.Subject switch
            {
                ReadingSubject.Disc => "ISO Creation",
                ReadingSubject.Image => "Image read back",
                _ => "Disc read again",
            };
            string earlier = reading.BytesFromEarlierRun > 0 ? $", {Figures.Size(reading.BytesFromEarlierRun)} of it by an earlier run" : "";
            log.Append(CultureInfo.InvariantCulture, $"[{reading.StartedAt:HH:mm:ss}] {title}: {Figures.Size(reading.Bytes)} in ")
                .Append(CultureInfo.InvariantCulture, $"{Figures.Duration(reading.Duration)}, {Figures.MegabytesPerSecond(reading.Bytes - reading.BytesFromEarlierRun, reading.Duration):F2} MB/s{earlier}\n");
        }

        foreach (RescuePass pass in result.Passes)
        {
            string direction = pass.IsBackwards ? "backwards" : "forwards";
            Line(log, "Pass", string.Create(
                CultureInfo.InvariantCulture,
                $"{pass.Phase} {pass.Number}, {direction}: {pass.SectorsRead} sectors in {pass.Reads} reads, {pass.FailedReads} failed, {Figures.Duration(pass.Duration)}"));
        }

        if (result.DriveSettings is { } settings)
        {
            DriveSet(log, settings);
        }

        if (result.Map is { } map)
        {
            long restored = result.Restored.Sum(range => range.Count);
            Line(log, "Sectors read", (map.Total(SectorState.Finished) - restored).ToString(CultureInfo.InvariantCulture));
            Line(log, "Restored by parity", restored.ToString(CultureInfo.InvariantCulture));
            Ranges(log, result.Restored);
            Line(log, "Run-out sectors", result.RunOut.Count.ToString(CultureInfo.InvariantCulture));
            Line(log, "Between sessions", result.OffTrack.Sum(gap => gap.Count).ToString(CultureInfo.InvariantCulture));
            Line(log, "Sectors unreadable", result.Unreadable.Sum(range => range.Count).ToString(CultureInfo.InvariantCulture));
            Ranges(log, result.Unreadable);
        }

        if (result.Ejected is { } ejected)
        {
            Line(log, "Finalization", ejected ? "disc ejected" : "the disc could not be ejected");
        }
    }

    private static void Ranges(StringBuilder log, IReadOnlyList<SectorRange> ranges)
    {
        foreach (SectorRange range in ranges)
        {
            Line(log, "", range.ToString());
        }
    }

    private static void DriveSet(StringBuilder log, DriveSettings settings)
    {
        void Speed(string when, int? limit)
        {
            if (limit is not null)
            {
                Line(log, "Drive", string.Create(CultureInfo.InvariantCulture, $"reads {limit} kB/s at most{when}"));
            }
        }

        Speed("", settings.SpeedLimit);
        Speed(" while retrying", settings.SpeedLimitWhileRetrying);
        if (settings.RetriesOfDriveWhileCopying is { } retries)
        {
            Line(log, "Drive", string.Create(
                CultureInfo.InvariantCulture, $"tries {retries} times by itself while copying, instead of {settings.RetriesOfDrive}"));
        }

        Line(log, "Drive", settings.AreRestored ? "set as it was before" : "did not take back its own settings");
    }

    private static void Verification(StringBuilder log, ImagingResult result)
    {
        Section(log, "VERIFICATION RESULTS");
        foreach (Reading reading in result.Readings)
        {
            foreach ((HashKind kind, string hash) in reading.Hashes)
            {
                Line(log, $"{kind.Title} ({(reading.Subject == ReadingSubject.Image ? "ISO" : "disc")})", hash);
            }

            if (reading.Bypass is { } bypass)
            {
                Line(log, "  read", bypass switch
                {
                    CacheBypass.Direct => "directly from storage",
                    CacheBypass.Evicted => "from storage: the cache was emptied of it first",
                    CacheBypass.Memory => "from a file system in memory",
                    _ => "possibly from the system's cache",
                });
            }
        }

        foreach (SectorRange range in result.Differences)
        {
            Line(log, "Readings differ at", range.ToString());
        }
    }

    private static void Problems(StringBuilder log, ImagingResult result)
    {
        if (result.Concerns.Count + result.Warnings.Count == 0)
        {
            return;
        }

        Section(log, "PROBLEMS");
        foreach (Failure failure in result.Concerns.Concat(result.Warnings))
        {
            Line(log, failure.Code, failure.What);
            if (failure.Hint is not null)
            {
                Line(log, "", failure.Hint);
            }
        }
    }

    private static void Section(StringBuilder log, string title) =>
        log.Append('\n').Append(title).Append('\n').Append('-', title.Length).Append('\n');

    private static void Line(StringBuilder log, string label, string value) =>
        log.Append((label.Length > 0 ? label + ": " : "").PadRight(LabelWidth)).Append(PlainText.Line(value)).Append('\n');
}
