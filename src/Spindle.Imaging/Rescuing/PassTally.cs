// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Counts what one pass does.</summary>
internal sealed class PassTally(RescueStep step)
{
    private long _reads;
    private long _failedReads;
    private long _sectorsRead;
    private TimeSpan _duration;

    public bool IsOf(RescueStep other) => other == step;

    public void Add(SectorRead read, TimeSpan duration)
    {
        _reads++;
        _failedReads += read.Fault == SectorFault.None ? 0 : 1;
        _sectorsRead += read.Count;
        _duration += duration;
    }

    public RescuePass ToPass() => new()
    {
        Phase = step.Status,
        Number = step.Number,
        IsBackwards = step.IsBackwards,
        Reads = _reads,
        FailedReads = _failedReads,
        SectorsRead = _sectorsRead,
        Duration = _duration,
    };
}
