// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Memory of one thread for a run of ecc blocks: for each of the 255 layers a row of sectors.</summary>
internal sealed class BlockBuffer
{
    private readonly AlignedBuffer _memory;
    private readonly int[] _rows;

    /// <summary>Reserves the memory.</summary>
    /// <param name="blocks">Sectors of each row, at least 1.</param>
    public BlockBuffer(int blocks)
    {
        // A stride that is no power of two: otherwise all 255 rows would compete for the same few lines of the cache.
        Blocks = blocks;
        Stride = (blocks * Sector.Size) + 64;
        Scratch = ReedSolomonCode.Length * Stride;
        _memory = new(Scratch + (ReedSolomonCode.Length * Sector.Size));
        _rows = [.. Enumerable.Range(0, ReedSolomonCode.Length).Select(layer => layer * Stride)];
        Flaws = new SectorFlaw[ReedSolomonCode.Length * blocks];
    }

    /// <summary>Sectors of each row.</summary>
    public int Blocks { get; }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>Where each layer's row starts in <see cref="Memory"/>.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Where, in <see cref="Memory"/>, there is room for 255 more sectors, one behind the other.</summary>
    public int Scratch { get; }

    /// <summary>All rows, and what lies behind them.</summary>
    public Span<byte> Memory => _memory.Span;

    /// <summary>What is known of each sector, row by row.</summary>
    public SectorFlaw[] Flaws { get; }

    /// <summary>The first <paramref name="count"/> sectors of a layer's row.</summary>
    public Span<byte> Row(int layer, int count) => Memory.Slice(layer * Stride, count * Sector.Size);

    /// <summary>One sector.</summary>
    public Span<byte> SectorAt(int layer, int index) => Memory.Slice((layer * Stride) + (index * Sector.Size), Sector.Size);

    /// <summary>What is known of the sectors of a layer's row.</summary>
    public Span<SectorFlaw> FlawsOf(int layer, int count) => Flaws.AsSpan(layer * Blocks, count);

    /// <summary>Copies what is known of each of a block's 255 sectors.</summary>
    public void CopyFlaws(int index, Span<SectorFlaw> target)
    {
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            target[layer] = FlawAt(layer, index);
        }
    }

    /// <summary>What is known of one sector.</summary>
    public ref SectorFlaw FlawAt(int layer, int index) => ref Flaws[(layer * Blocks) + index];
}
