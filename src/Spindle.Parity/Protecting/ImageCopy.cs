// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Protecting;

/// <summary>Copies an image, and remembers which sectors it could not have.</summary>
internal static class ImageCopy
{
    private const int SectorsAtOnce = 512;

    /// <summary>Copies.</summary>
    /// <param name="image">What is copied; zeros stand for what can't be read.</param>
    /// <param name="target">Where to.</param>
    /// <param name="bytes">Bytes to copy; behind the image's end there is nothing to copy.</param>
    /// <param name="progress">Told in sectors.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <returns>A map of so many bytes' sectors, finished or bad.</returns>
    public static SectorMap Copy(IImageStorage image, IImageStorage target, long bytes, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        long sectors = Sector.CountOf(bytes);
        ProgressTotals totals = new(progress, "copying", sectors, "sectors");
        SectorMap map = new(sectors, SectorState.Finished);
        byte[] buffer = new byte[SectorsAtOnce * Sector.Size];
        SectorFlaw[] flaws = new SectorFlaw[SectorsAtOnce];
        for (long first = 0; first < sectors; first += SectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(SectorsAtOnce, sectors - first);
            long length = Math.Min(count * Sector.Size, bytes - (first * Sector.Size));
            if (image.Read(first * Sector.Size, buffer.AsSpan(0, (int)length)) != length)
            {
                Array.Clear(flaws);
                image.ReadSectors(first, buffer.AsSpan(0, count * Sector.Size), flaws);
                for (int index = 0; index < count; index++)
                {
                    if (flaws[index] != SectorFlaw.None)
                    {
                        map.Set(new(first + index, 1), SectorState.Bad);
                    }
                }
            }

            target.Write(first * Sector.Size, buffer.AsSpan(0, (int)length));
            totals.Add(count);
        }

        return map;
    }
}
