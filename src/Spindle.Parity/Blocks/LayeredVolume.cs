// SPDX-License-Identifier: MIT
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Blocks;

/// <summary>Gives the best that is known of a sector, of whatever block.</summary>
/// <param name="layer">0 to 254.</param>
/// <param name="block">Any block of the volume.</param>
/// <param name="target">2048 bytes.</param>
/// <returns>False where it is missing or wrong, and could not be restored either.</returns>
internal delegate bool SectorLookup(int layer, long block, Span<byte> target);

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

    /// <summary>Layers that the parity takes for data, the first ones of the 255.</summary>
    public int DataLayers => ReedSolomonCode.Length - Roots;

    /// <summary>Where a sector of a layer is kept.</summary>
    public abstract SectorPlace Place(int layer, long block);

    /// <summary>Finds the checksums of a block's data sectors.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="lookup">Where the sectors that hold them come from.</param>
    /// <param name="checksums">Filled, one a data layer.</param>
    /// <param name="known">Set for the layers whose checksum is known.</param>
    public abstract void GetChecksums(long block, SectorLookup lookup, Span<uint> checksums, Span<bool> known);

    /// <summary>Whether a sector shows by itself that it is right (true) or wrong (false); null where sectors of that layer can't.</summary>
    public virtual bool? ProvesItself(int layer, ReadOnlySpan<byte> sector) => null;

    /// <summary>Whether what is noted as checksums may be wrong itself without a sign of it.</summary>
    public virtual bool MayMisleadByChecksums => false;

    /// <summary>Whether sectors of a layer can be written where they are kept.</summary>
    public virtual bool CanWrite(int layer) => true;

    /// <summary>Whether a restored sector must be remembered, since blocks examined later need its checksums.</summary>
    /// <param name="layer">0 to 254.</param>
    /// <param name="block">Which block.</param>
    /// <param name="isLast">Whether it is the last one of those examined together.</param>
    public virtual bool IsNeededLater(int layer, long block, bool isLast) => false;

    /// <summary>The block of which a sector holds the checksums; null where it holds none, or those of several.</summary>
    public virtual long? BlockDescribedBy(int layer, long block) => null;

    /// <summary>The same layout on other storage.</summary>
    /// <param name="image">The image.</param>
    /// <param name="parityFile">The file of parity; the image where the parity is within it.</param>
    public abstract LayeredVolume On(IImageStorage image, IImageStorage parityFile);

    /// <summary>Whether headers that no ecc block covers are all as they should be; true where there are none.</summary>
    public virtual bool HasHeaders() => true;

    /// <summary>Writes headers that no ecc block covers anew.</summary>
    public virtual void WriteHeaders()
    {
    }
}
