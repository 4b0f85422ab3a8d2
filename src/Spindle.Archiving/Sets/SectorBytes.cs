// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Archiving.Sets;

/// <summary>A disc as bytes, for a look at some of them.</summary>
/// <param name="disc">The disc.</param>
internal sealed class SectorBytes(ISectorReader disc)
{
    /// <summary>Reads bytes.</summary>
    /// <param name="position">First byte; a multiple of a sector.</param>
    /// <param name="bytes">Filled.</param>
    /// <returns>How many could be read; fewer than asked for where a sector can't be read, or the disc ends.</returns>
    public int Read(long position, Span<byte> bytes)
    {
        byte[] sectors = new byte[(bytes.Length + disc.SectorSize - 1) / disc.SectorSize * disc.SectorSize];
        long first = position / disc.SectorSize;
        long count = Math.Min(sectors.Length / disc.SectorSize, disc.SectorCount - first);
        if (count <= 0)
        {
            return 0;
        }

        SectorRead read = disc.Read(SectorRange.Between(first, first + count), sectors);
        int length = Math.Min(read.Count * disc.SectorSize, bytes.Length);
        sectors.AsSpan(0, length).CopyTo(bytes);
        return length;
    }
}
