// SPDX-License-Identifier: MIT
using Spindle.Cli.Terminals;
using Spindle.Imaging.Records;
using Spindle.Parity;

namespace Spindle.Cli.Reports;

/// <summary>Progress of parity work for people: a line.</summary>
internal sealed class ParityProgressText(LiveLines live) : IProgress<ParityProgress>
{
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private ParityPhase? _phase;

    public void Report(ParityProgress value)
    {
        if (value.Total == 0)
        {
            return;
        }

        bool isNewPhase = value.Phase != _phase;
        _phase = value.Phase;
        live.Update(_ => [Line(value)], "Nothing has come", isNewPhase);
    }

    private string Line(ParityProgress value)
    {
        string wrong = value.BlocksDamaged > 0 ? $", {value.BlocksDamaged} blocks damaged, {value.BlocksLost} lost" : "";
        return $"{value.Phase}: {100 * value.Done / value.Total} % in {Figures.Duration(TimeProvider.System.GetElapsedTime(_start))}{wrong}";
    }
}
