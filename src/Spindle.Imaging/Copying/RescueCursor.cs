// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;

namespace Spindle.Imaging.Copying;

/// <summary>Where a rescue is: what the status line of a map says, in sectors.</summary>
/// <param name="Status">What is being done.</param>
/// <param name="Pass">Number of the pass, from 1, within that.</param>
/// <param name="Sector">The sector that is next; when reading backwards, the one after it.</param>
internal readonly record struct RescueCursor(RescueStatus Status, int Pass, long Sector)
{
    /// <summary>Nothing was done yet.</summary>
    public static readonly RescueCursor Start = new(RescueStatus.Copying, 1, 0);
}
