// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>An image whose sectors can be read only where its map says that they were: what fills the others says nothing.</summary>
internal sealed class MappedSectors(ISectorReader image, SectorMap map) : ISectorReader
{
    public string Name => image.Name;

    public int SectorSize => image.SectorSize;

    public long SectorCount => image.SectorCount;

    public long Length => image.Length;

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

    // The image stays its owner's.
    public void Dispose()
    {
    }
}
