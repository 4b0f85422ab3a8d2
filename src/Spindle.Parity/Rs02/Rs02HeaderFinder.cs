// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs02;

/// <summary>Finds one of RS02's headers, all of which tell the same.</summary>
internal static class Rs02HeaderFinder
{
    /// <summary>Looks where the first header lies in a whole image.</summary>
    /// <returns>Layout and header; null where there is none.</returns>
    public static (Rs02Layout Layout, byte[] Header)? FindBehindVolume(IImageStorage image)
    {
        foreach (long sector in BehindVolume(image))
        {
            if (TryRead(image, sector) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Reads the header, or the copy of it, that starts at a sector.</summary>
    /// <returns>Layout and header; null where there is none.</returns>
    public static (Rs02Layout Layout, byte[] Header)? TryRead(IImageStorage image, long sector)
    {
        byte[] header = new byte[EccHeader.Length];
        return image.Read(sector * Sector.Size, header) == header.Length && EccHeader.TryRead(header) is { } read && Rs02Layout.From(read) is { } layout
            ? (layout, header)
            : null;
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
