// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>A part of a disc as a medium of its own. Where nothing is meant to be readable, the drive is not asked.</summary>
/// <param name="disc">The disc; disposed with this.</param>
/// <param name="extent">The part, in sectors of the disc.</param>
/// <param name="gaps">Sectors of the disc that nobody has written: between sessions.</param>
internal sealed class TrackReader(ISectorReader disc, SectorRange extent, IReadOnlyList<SectorRange> gaps) : ISectorReader
{
    public string Name => disc.Name;

    public int SectorSize => disc.SectorSize;

    public long SectorCount => extent.Count;

    public long Length => Math.Min(extent.Count * disc.SectorSize, disc.Length - (extent.Start * disc.SectorSize));

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        SectorRange wanted = new(range.Start + extent.Start, range.Count);
        if (gaps.Select(gap => gap.Intersect(wanted)).Where(gap => !gap.IsEmpty).OrderBy(gap => gap.Start).FirstOrDefault() is { IsEmpty: false } gap)
        {
            SectorRange before = SectorRange.Between(wanted.Start, gap.Start);
            SectorRead read = before.IsEmpty ? new(0, SectorFault.None) : disc.Read(before, buffer);
            return read.Fault == SectorFault.None ? new(read.Count, SectorFault.Unreadable) : read;
        }

        return disc.Read(wanted, buffer);
    }

    public void Dispose() => disc.Dispose();
}
