// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Cli.Terminals;
using Spindle.Formats.MapFile;
using Spindle.Imaging;
using Spindle.Imaging.Records;

namespace Spindle.Cli.Reports;

/// <summary>Progress of an imaging for people: four lines.</summary>
internal sealed class ProgressText(LiveLines live) : IProgress<ImagingProgress>
{
    private const int Megabyte = 1_000_000;

    private ImagingStage? _stage;

    public void Report(ImagingProgress value)
    {
        bool isNewStage = value.Stage != _stage;
        _stage = value.Stage;
        bool readsDisc = value.Stage is ImagingStage.Copying or ImagingStage.VerifyingDisc;
        live.Update(silence => Lines(value, silence), readsDisc ? "The drive has not answered" : "Nothing has come from the storage", isNewStage);
    }

    private static IReadOnlyList<string> Lines(ImagingProgress value, TimeSpan silence)
    {
        TimeSpan elapsed = value.Elapsed + silence;
        double speed = Figures.MegabytesPerSecond(value.BytesDone, elapsed);
        TimeSpan remaining = speed > 0 ? TimeSpan.FromSeconds((value.BytesTotal - value.BytesDone) / (speed * Megabyte)) : TimeSpan.Zero;
        string title = value.Stage switch
        {
            ImagingStage.Copying => "ISO Creation",
            ImagingStage.Restoring => "Repair by parity",
            ImagingStage.Hashing => "Checksums",
            ImagingStage.VerifyingImage => "ISO Verification",
            _ => "Disc Verification",
        };
        bool isRetrying = value.Rescue == RescueStatus.Retrying;
        string retrying = isRetrying ? string.Create(CultureInfo.InvariantCulture, $", retry {value.Pass}") : "";
        string unreadable = value.SectorsUnreadable > 0
            ? string.Create(CultureInfo.InvariantCulture, $" ({value.SectorsUnreadable} sectors unreadable{retrying})")
            : "";
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{title}: {value.BytesDone / Megabyte}MB / {value.BytesTotal / Megabyte}MB{unreadable}"),
            $"Elapsed: {Figures.Duration(elapsed)}",
            $"Remaining: {(isRetrying ? "not known" : Figures.Duration(remaining))}",
            string.Create(CultureInfo.InvariantCulture, $"Avg Speed: {speed:F2}MB/s"),
        ];
    }
}
