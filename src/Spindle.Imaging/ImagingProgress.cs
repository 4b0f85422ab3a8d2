// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;

namespace Spindle.Imaging;

/// <summary>How far an imaging is: totals, not steps.</summary>
/// <param name="Stage">What is going on.</param>
/// <param name="BytesDone">Bytes of this stage that are done.</param>
/// <param name="BytesTotal">Bytes of this stage in all.</param>
/// <param name="SectorsUnreadable">Sectors that could not be read so far.</param>
/// <param name="Elapsed">Time since this stage began.</param>
public sealed record ImagingProgress(ImagingStage Stage, long BytesDone, long BytesTotal, long SectorsUnreadable, TimeSpan Elapsed)
{
    /// <summary>What the rescue of a damaged disc is doing; null where the disc is read from front to back.</summary>
    public RescueStatus? Rescue { get; init; }

    /// <summary>Which pass of that, from 1; 0 where there is no rescue.</summary>
    public int Pass { get; init; }
}
