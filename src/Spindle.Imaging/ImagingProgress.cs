// SPDX-License-Identifier: MIT
namespace Spindle.Imaging;

/// <summary>How far an imaging is: totals, not steps.</summary>
/// <param name="Stage">What is going on.</param>
/// <param name="BytesDone">Bytes of this stage that are done.</param>
/// <param name="BytesTotal">Bytes of this stage in all.</param>
/// <param name="SectorsUnreadable">Sectors that could not be read so far.</param>
/// <param name="Elapsed">Time since this stage began.</param>
public sealed record ImagingProgress(ImagingStage Stage, long BytesDone, long BytesTotal, long SectorsUnreadable, TimeSpan Elapsed);
