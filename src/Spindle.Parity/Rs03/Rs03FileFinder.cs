// SPDX-License-Identifier: MIT
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>Finds the layout of an RS03 file of parity: from its header, or from any of its sectors of checksums.</summary>
internal static class Rs03FileFinder
{
    /// <summary>Looks for the layout.</summary>
    /// <param name="parityFile">The file; may be damaged anywhere.</param>
    /// <returns>Null where nothing tells it.</returns>
    public static Rs03Layout? Find(IImageStorage parityFile)
    {
        byte[] header = new byte[EccHeader.Length];
        if (parityFile.Read(0, header) == header.Length
            && EccHeader.TryRead(header) is { } read && Rs03Layout.From(read) is { IsImage: false } fromHeader)
        {
            return fromHeader;
        }

        byte[] sector = new byte[Sector.Size];
        for (long number = Rs03Layout.HeaderSectors; number < Sector.CountOf(parityFile.Length); number++)
        {
            if (parityFile.TryReadSector(number, sector) && Rs03CrcSector.TryReadLayout(sector) is { IsImage: false } layout
                && number < Rs03Layout.HeaderSectors + layout.SectorsPerLayer)
            {
                return layout;
            }
        }

        return null;
    }

    /// <summary>Whether a file of parity still has the header of its layout.</summary>
    public static bool HasHeader(IImageStorage parityFile, Rs03Layout layout)
    {
        byte[] header = new byte[EccHeader.Length];
        return parityFile.Read(0, header) == header.Length && EccHeader.TryRead(header) is { } read && Rs03Layout.From(read) == layout;
    }
}
