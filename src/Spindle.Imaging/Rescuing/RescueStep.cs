// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>One pass of a rescue: says what to read next, and notes on the map what came of it. Does no I/O.</summary>
/// <remarks>All that it must remember to be carried on by another run, or by ddrescue, is on the map and in <see cref="Cursor"/>.</remarks>
internal abstract class RescueStep(SectorMap map, RescueTuning tuning, RescueCursor start)
{
    /// <summary>Where this pass is.</summary>
    public RescueCursor Cursor => start with { Sector = Sector };

    public RescueStatus Status => start.Status;

    public int Number => start.Pass;

    /// <summary>Whether it goes from the end to the start.</summary>
    public virtual bool IsBackwards => false;

    protected SectorMap Map => map;

    protected RescueTuning Tuning => tuning;

    /// <summary>The next sector; backwards, the one after it.</summary>
    protected long Sector { get; set; } = start.Sector;

    /// <summary>The range to read next; null when this pass is over.</summary>
    public abstract SectorRange? Next();

    /// <summary>Notes what came of a read.</summary>
    /// <param name="range">What was asked for.</param>
    /// <param name="read">What came of it.</param>
    /// <param name="isSlow">Whether it was read, but so slowly that the drive is struggling there.</param>
    public abstract void Note(SectorRange range, SectorRead read, bool isSlow);

    /// <summary>Notes the sectors that were read.</summary>
    /// <returns>The sector that was not; the end of the range when all were.</returns>
    protected long Settle(SectorRange range, SectorRead read)
    {
        map.Set(new(range.Start, read.Count), SectorState.Finished);
        return range.Start + read.Count;
    }

    /// <summary>Marks what a failed read leaves open: a single sector is bad, more are to be looked at closer.</summary>
    protected void MarkFailed(SectorRange rest) =>
        map.Set(rest, rest.Count == 1 ? SectorState.Bad : SectorState.NonTrimmed);

    protected static long DownTo(long sector, int step) => sector / step * step;

    protected static long UpTo(long sector, int step) => (sector + step - 1) / step * step;
}
