// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Parity.Sectors;

/// <summary>An image with the map of its rescue: what the map does not call finished can't be read, whatever the image holds there.</summary>
/// <param name="image">The image.</param>
/// <param name="map">What is known of its sectors of 2048 bytes; not changed while this is used. Sectors behind its end are as the image has them.</param>
internal sealed class RescuedStorage(IImageStorage image, SectorMap map) : IImageStorage
{
    /// <inheritdoc/>
    public string Name => image.Name;

    /// <inheritdoc/>
    public long Length => image.Length;

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer)
    {
        long end = position + buffer.Length;
        long readable = position;
        while (readable < end && readable / Sector.Size < map.SectorCount)
        {
            SectorRun run = map.RunAt(readable / Sector.Size);
            if (run.State != SectorState.Finished)
            {
                end = readable;
            }

            readable = Math.Min(end, run.Range.End * Sector.Size);
        }

        return end == position ? 0 : image.Read(position, buffer[..(int)(end - position)]);
    }

    /// <inheritdoc/>
    public void Write(long position, ReadOnlySpan<byte> bytes) => image.Write(position, bytes);

    /// <inheritdoc/>
    public void SetLength(long length) => image.SetLength(length);

    /// <inheritdoc/>
    public void Flush() => image.Flush();

    /// <inheritdoc/>
    public void Dispose() => image.Dispose();
}
