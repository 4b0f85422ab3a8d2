// SPDX-License-Identifier: MIT
using Spectre.Console;
using Spindle.Imaging.Records;
using Spindle.Parity;

namespace Spindle.Cli.Reports;

/// <summary>Progress of parity work for people: a line drawn in place on a terminal, else one every few seconds.</summary>
internal sealed class ParityProgressText(IAnsiConsole console, bool isTerminal) : IProgress<ParityProgress>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly TimeSpan _interval = isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(5);
    private TimeSpan _lastShown = TimeSpan.MinValue;
    private bool _isDrawn;

    public void Report(ParityProgress value)
    {
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(_start);
        if (value.Total == 0 || (_lastShown != TimeSpan.MinValue && elapsed - _lastShown < _interval))
        {
            return;
        }

        _lastShown = elapsed;
        if (_isDrawn && isTerminal)
        {
            console.Cursor.MoveUp();
        }

        string wrong = value.BlocksDamaged > 0 ? $", {value.BlocksDamaged} blocks damaged, {value.BlocksLost} lost" : "";
        console.MarkupLineInterpolated($"[cyan]{$"{value.Phase}: {100 * value.Done / value.Total} % in {Figures.Duration(elapsed)}{wrong}",-60}[/]");
        _isDrawn = true;
    }
}
