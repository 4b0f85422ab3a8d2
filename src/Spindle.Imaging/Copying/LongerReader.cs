// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>A disc of which another drive has told a few sectors more than this one: these are tried by nobody, and end early.</summary>
/// <param name="disc">The disc; it stays the caller's.</param>
/// <param name="length">Bytes of the disc as the other drive told.</param>
internal sealed class LongerReader(ISectorReader disc, long length) : ISectorReader
{
    public string Name => disc.Name;

    public int SectorSize => disc.SectorSize;

    public long SectorCount => (length + SectorSize - 1) / SectorSize;

    public long Length => length;

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        SectorRange there = range.Intersect(new(0, disc.SectorCount));
        if (there.IsEmpty)
        {
            return new(0, SectorFault.Unreadable);
        }

        SectorRead read = disc.Read(there, buffer);
        return read.Fault == SectorFault.None && there.Count < range.Count ? new(read.Count, SectorFault.Unreadable) : read;
    }

    public void Dispose()
    {
    }
}
