// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Spares the drive sectors that a first look at the disc has found unreadable: for these it says so without asking.</summary>
/// <remarks>Not for retries, which are there to ask again.</remarks>
/// <param name="disc">The disc; it stays the caller's.</param>
/// <param name="unreadable">The sectors that were found unreadable.</param>
internal sealed class SparingReader(ISectorReader disc, IReadOnlyList<long> unreadable) : ISectorReader
{
    private readonly SortedSet<long> _unreadable = [.. unreadable];

    public string Name => disc.Name;

    public int SectorSize => disc.SectorSize;

    public long SectorCount => disc.SectorCount;

    public long Length => disc.Length;

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        if (_unreadable.Count == 0 || _unreadable.GetViewBetween(range.Start, range.End - 1) is not { Count: > 0 } within)
        {
            return disc.Read(range, buffer);
        }

        SectorRange before = SectorRange.Between(range.Start, within.Min);
        SectorRead read = before.IsEmpty ? new(0, SectorFault.None) : disc.Read(before, buffer);
        return read.Fault == SectorFault.None ? new(read.Count, SectorFault.Unreadable) : read;
    }

    public void Dispose()
    {
    }
}
