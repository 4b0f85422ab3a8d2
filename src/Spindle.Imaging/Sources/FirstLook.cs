// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>Reads each sector once, however often it is asked for: a drive suffers from every read of a bad one.</summary>
/// <remarks>
/// Several file systems keep their descriptors in the same sectors, and each is looked for by itself. On a damaged disc a first look
/// tried such a sector up to twelve times.
/// </remarks>
/// <param name="disc">The disc; it stays the caller's.</param>
internal sealed class FirstLook(ISectorReader disc) : ISectorReader
{
    /// <summary>Eight MiB of a data disc: more than a first look needs.</summary>
    private const int MostRemembered = 4096;

    private readonly Dictionary<long, byte[]> _read = [];
    private readonly SortedDictionary<long, SectorFault> _failed = [];

    public string Name => disc.Name;

    public int SectorSize => disc.SectorSize;

    public long SectorCount => disc.SectorCount;

    public long Length => disc.Length;

    /// <summary>Sectors that could not be read, in order.</summary>
    public IReadOnlyList<long> Failed => [.. _failed.Where(sector => sector.Value == SectorFault.Unreadable).Select(sector => sector.Key)];

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        int done = 0;
        bool isDoubtful = false;
        while (done < range.Count)
        {
            long sector = range.Start + done;
            if (_failed.TryGetValue(sector, out SectorFault fault))
            {
                return new(done, fault);
            }

            if (_read.TryGetValue(sector, out byte[]? known))
            {
                known.CopyTo(buffer[(done * SectorSize)..]);
                done++;
                continue;
            }

            // A longer read that failed does not always tell where, as behind an end that the kernel has moved: the sector is asked by itself.
            SectorRange unknown = isDoubtful ? new(sector, 1) : SectorRange.Between(sector, FirstKnownFrom(sector, range.End));
            Span<byte> here = buffer.Slice(done * SectorSize, (int)unknown.Count * SectorSize);
            SectorRead read = disc.Read(unknown, here);
            Remember(unknown, read, here);
            isDoubtful = read.Fault != SectorFault.None;
            done += read.Count;
        }

        return new(done, SectorFault.None);
    }

    public void Dispose()
    {
    }

    private long FirstKnownFrom(long sector, long end)
    {
        while (sector < end && !_read.ContainsKey(sector) && !_failed.ContainsKey(sector))
        {
            sector++;
        }

        return sector;
    }

    private void Remember(SectorRange asked, SectorRead read, ReadOnlySpan<byte> content)
    {
        for (int i = 0; i < read.Count && _read.Count < MostRemembered; i++)
        {
            _read.TryAdd(asked.Start + i, content.Slice(i * SectorSize, SectorSize).ToArray());
        }

        // Where one sector alone was not read, it was that one which failed: to ask again would be a second attempt for the same answer.
        if (read.Fault != SectorFault.None && read.Count == asked.Count - 1)
        {
            _failed.TryAdd(asked.End - 1, read.Fault);
        }
    }
}
