// SPDX-License-Identifier: MIT
using System.Globalization;
using Spectre.Console;
using Spindle.Formats.MapFile;
using Spindle.Imaging;
using Spindle.Imaging.Records;

namespace Spindle.Cli.Reports;

/// <summary>Progress for people: four lines drawn in place on a terminal, else one line every few seconds.</summary>
internal sealed class ProgressText(IAnsiConsole console, bool isTerminal) : IProgress<ImagingProgress>
{
    private const int Megabyte = 1_000_000;

    private readonly TimeSpan _interval = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);
    private ImagingStage? _stage;
    private TimeSpan _lastShown;
    private bool _isDrawn;
    private bool _hasEnded;

    public void Report(ImagingProgress value)
    {
        bool isNewStage = value.Stage != _stage;

        // Once: where nothing is left to read but what is bad, the retries go on for long.
        bool isEnd = value.BytesDone == value.BytesTotal && (isNewStage || !_hasEnded);
        if (!isNewStage && !isEnd && value.Elapsed - _lastShown < _interval)
        {
            return;
        }

        if (isNewStage)
        {
            End();
        }

        _stage = value.Stage;
        _hasEnded = value.BytesDone == value.BytesTotal;
        _lastShown = value.Elapsed;
        IReadOnlyList<string> lines = Lines(value);
        if (!isTerminal)
        {
            console.WriteLine(string.Join(", ", lines));
            return;
        }

        if (_isDrawn)
        {
            console.Cursor.MoveUp(lines.Count);
        }

        foreach (string line in lines)
        {
            console.MarkupLineInterpolated($"[cyan]{line,-72}[/]");
        }

        _isDrawn = true;
    }

    /// <summary>What is drawn stays; what comes next is below it.</summary>
    public void End() => _isDrawn = false;

    private static IReadOnlyList<string> Lines(ImagingProgress value)
    {
        double speed = Figures.MegabytesPerSecond(value.BytesDone, value.Elapsed);
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
            $"Elapsed: {Figures.Duration(value.Elapsed)}",
            $"Remaining: {(isRetrying ? "not known" : Figures.Duration(remaining))}",
            string.Create(CultureInfo.InvariantCulture, $"Avg Speed: {speed:F2}MB/s"),
        ];
    }
}
