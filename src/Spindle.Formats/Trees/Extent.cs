// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>A run of bytes of a file's content, and where on the disc it lies.</summary>
/// <param name="Position">Address of the first byte on the disc, in bytes; 0 where nothing is recorded, or where that is not known.</param>
/// <param name="Length">How many bytes, at least 0; the last extent of a file may end within a block.</param>
/// <param name="Kind">Whether there is something at <paramref name="Position"/>. The default is a recorded extent of nothing.</param>
public readonly record struct Extent(long Position, long Length, ExtentKind Kind = ExtentKind.Recorded)
{
    /// <summary>Address of the first byte after the extent (exclusive end).</summary>
    public long End => Position > long.MaxValue - Length ? long.MaxValue : Position + Length;

    /// <summary>The block of 2048 bytes in which the extent begins: its sector, on CD, DVD and Blu-ray.</summary>
    public long Lba => Position / 2048;
}
