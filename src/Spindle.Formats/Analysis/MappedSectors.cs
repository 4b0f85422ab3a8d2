// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>An image whose sectors can be read only where its map says that they were: what fills the others says nothing.</summary>
/// <param name="image">The image.</param>
/// <param name="map">What is known of its sectors.</param>
/// <param name="ownsImage">Whether the image is closed with this, or stays the caller's.</param>
public sealed class MappedSectors(ISectorReader image, SectorMap map, bool ownsImage = false) : ISectorReader
{
    /// <inheritdoc/>
    public string Name => image.Name;

    /// <inheritdoc/>
    public int SectorSize => image.SectorSize;

    /// <inheritdoc/>
    public long SectorCount => image.SectorCount;

    /// <inheritdoc/>
    public long Length => image.Length;

    /// <inheritdoc/>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        long end = range.Start;
        while (end < Math.Min(range.End, map.SectorCount) && map.RunAt(end) is var run && run.State == SectorState.Finished)
        {
            end = Math.Min(run.Range.End, range.End);
        }

        if (end == range.Start)
        {
            return new(0, SectorFault.Unreadable);
        }

        SectorRange readable = SectorRange.Between(range.Start, end);
        SectorRead read = image.Read(readable, buffer[..checked((int)(readable.Count * SectorSize))]);
        return read.Count < readable.Count || end == range.End ? read : new(read.Count, SectorFault.Unreadable);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsImage)
        {
            image.Dispose();
        }
    }
}
