// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs02;

/// <summary>Finds one of RS02's headers, all of which tell the same.</summary>
internal static class Rs02HeaderFinder
{
    private const int SmallestModulo = 32;

    /// <summary>Looks behind the volume, and at every multiple of the smallest distance of copies.</summary>
    /// <param name="image">The image; may be damaged anywhere.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    /// <returns>Layout and header; null where no copy is left.</returns>
    public static (Rs02Layout Layout, byte[] Header)? Find(IImageStorage image, CancellationToken cancellationToken)
    {
        byte[] header = new byte[EccHeader.Length];
        foreach (long sector in BehindVolume(image).Concat(Multiples(Sector.CountOf(image.Length))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (image.Read(sector * Sector.Size, header) == header.Length && EccHeader.TryRead(header) is { } read && Rs02Layout.From(read) is { } layout)
            {
                return (layout, header);
            }
        }

        return null;
    }

    private static IEnumerable<long> Multiples(long sectors)
    {
        for (long sector = sectors / SmallestModulo * SmallestModulo; sector > 0; sector -= SmallestModulo)
        {
            yield return sector;
        }
    }

    private static IEnumerable<long> BehindVolume(IImageStorage image)
    {
        byte[] sector = new byte[Sector.Size];
        if (image.TryReadSector(16, sector) && sector.AsSpan(1).StartsWith("CD001"u8))
        {
            long volume = BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(80));
            yield return volume;
            if (volume > 150)
            {
                yield return volume - 150;
            }
        }
    }
}
