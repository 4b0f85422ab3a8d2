// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>Storage as a row of sectors.</summary>
internal static class ImageStorageExtensions
{
    /// <summary>Reads sectors. Those that can't be had whole become zeros and <see cref="SectorFlaw.Missing"/>.</summary>
    /// <param name="storage">Where they are.</param>
    /// <param name="sector">Number of the first one.</param>
    /// <param name="target">Whole sectors, all filled.</param>
    /// <param name="flaws">One a sector; set only where a sector is missing.</param>
    public static void ReadSectors(this IImageStorage storage, long sector, Span<byte> target, Span<SectorFlaw> flaws)
    {
        int done = 0;
        while (done < target.Length)
        {
            int got = storage.Read((sector * Sector.Size) + done, target[done..]);
            if (got == target.Length - done)
            {
                return;
            }

            done += got / Sector.Size * Sector.Size;
            target.Slice(done, Sector.Size).Clear();
            flaws[done / Sector.Size] = SectorFlaw.Missing;
            done += Sector.Size;
        }
    }

    /// <summary>Reads one sector.</summary>
    /// <returns>Whether it could be had whole; <paramref name="target"/> is all zeros otherwise.</returns>
    public static bool TryReadSector(this IImageStorage storage, long sector, Span<byte> target)
    {
        bool whole = sector >= 0 && storage.Read(sector * Sector.Size, target[..Sector.Size]) == Sector.Size;
        if (!whole)
        {
            target[..Sector.Size].Clear();
        }

        return whole;
    }
}
