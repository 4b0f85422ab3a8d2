// SPDX-License-Identifier: MIT
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Payload and parity as the code sees them: 255 layers of sectors, an ecc block being one sector of each.</summary>
/// <remarks>Several threads may read and write, each its own blocks.</remarks>
internal abstract class LayeredVolume
{
    /// <summary>Ecc blocks: sectors of each layer.</summary>
    public abstract long Blocks { get; }

    /// <summary>Parity layers, the last ones of the 255.</summary>
    public abstract int Roots { get; }

    /// <summary>Reads sectors of one layer.</summary>
    /// <param name="layer">0 to 254.</param>
    /// <param name="block">The first block.</param>
    /// <param name="target">Whole sectors, one a block, all filled; zeros where they can't be had.</param>
    /// <param name="flaws">One a block, all <see cref="SectorFlaw.None"/> before; set where a sector is missing or marked dead.</param>
    public abstract void Read(int layer, long block, Span<byte> target, Span<SectorFlaw> flaws);

    /// <summary>Writes sectors of one layer. Those that stand for no bytes anywhere are left out.</summary>
    public abstract void Write(int layer, long block, ReadOnlySpan<byte> sectors);

    /// <summary>Where a sector of a layer is kept.</summary>
    public abstract SectorPlace Place(int layer, long block);
}
