// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.MapFile;

/// <summary>One data line of a map file.</summary>
/// <param name="Position">First byte of the area.</param>
/// <param name="Size">Bytes of the area; at least 1, but for the one block of an empty medium.</param>
/// <param name="State">What is known of all of it.</param>
public readonly record struct MapBlock(long Position, long Size, SectorState State)
{
    /// <summary>First byte after the area.</summary>
    public long End => Position + Size;
}
