// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Sectors that were restored in one run of blocks, and are needed to examine others. Used by all threads.</summary>
internal sealed class RestoredSectors
{
    private readonly ConcurrentDictionary<(int Layer, long Block), byte[]> _sectors = new();

    /// <summary>Remembers a sector.</summary>
    public void Add(int layer, long block, ReadOnlySpan<byte> sector) => _sectors[(layer, block)] = sector.ToArray();

    /// <summary>Finds a sector.</summary>
    /// <returns>Whether it was remembered; <paramref name="target"/> is unchanged otherwise.</returns>
    public bool TryGet(int layer, long block, Span<byte> target)
    {
        bool found = _sectors.TryGetValue((layer, block), out byte[]? sector);
        if (found)
        {
            sector.AsSpan(0, Sector.Size).CopyTo(target);
        }

        return found;
    }
}
