// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>An RS03 image, or a payload with its RS03 file, as layers.</summary>
/// <param name="layout">Where things are.</param>
/// <param name="image">The image, or the payload alone.</param>
/// <param name="parityFile">The file of parity; the image itself where <see cref="Rs03Layout.IsImage"/>.</param>
internal sealed class Rs03Volume(Rs03Layout layout, IImageStorage image, IImageStorage parityFile) : LayeredVolume
{
    /// <summary>Where things are.</summary>
    public Rs03Layout Layout => layout;

    /// <inheritdoc/>
    public override long Blocks => layout.SectorsPerLayer;

    /// <inheritdoc/>
    public override int Roots => layout.Roots;

    /// <inheritdoc/>
    public override SectorPlace Place(int layer, long block)
    {
        long number = (layer * layout.SectorsPerLayer) + block;
        if (layout.IsImage)
        {
            return new(SectorHome.Image, number);
        }

        if (layer >= layout.ChecksumLayer)
        {
            return new(SectorHome.ParityFile, Rs03Layout.HeaderSectors + number - layout.CoveredSectors);
        }

        return number < layout.PayloadSectors ? new(SectorHome.Image, number) : new(SectorHome.Nowhere, number);
    }

    /// <inheritdoc/>
    public override void Read(int layer, long block, Span<byte> target, Span<SectorFlaw> flaws)
    {
        int count = target.Length / Sector.Size;
        SectorPlace place = Place(layer, block);
        if (layout.IsImage || place.Home == SectorHome.ParityFile)
        {
            ReadStored(place, target, flaws);
            return;
        }

        int real = (int)Math.Clamp(layout.PayloadSectors - place.Sector, 0, count);
        if (real > 0)
        {
            ReadStored(place, target[..(real * Sector.Size)], flaws[..real]);
            if (place.Sector + real == layout.PayloadSectors)
            {
                ReadLast(target.Slice((real - 1) * Sector.Size, Sector.Size), ref flaws[real - 1]);
            }
        }

        for (int index = real; index < count; index++)
        {
            PaddingSector.Write(target.Slice(index * Sector.Size, Sector.Size), place.Sector + index, layout.Fingerprint);
        }
    }

    /// <inheritdoc/>
    public override void Write(int layer, long block, ReadOnlySpan<byte> sectors)
    {
        SectorPlace place = Place(layer, block);
        if (!layout.IsImage && layer < layout.ChecksumLayer)
        {
            long bytes = Math.Clamp(layout.PayloadBytes - (place.Sector * Sector.Size), 0, sectors.Length);
            sectors = sectors[..(int)bytes];
        }

        if (!sectors.IsEmpty)
        {
            (place.Home == SectorHome.ParityFile ? parityFile : image).Write(place.Sector * Sector.Size, sectors);
        }
    }

    /// <inheritdoc/>
    public override void GetChecksums(long block, SectorLookup lookup, Span<uint> checksums, Span<bool> known)
    {
        Span<byte> sector = stackalloc byte[Sector.Size];
        known.Clear();
        long before = block == 0 ? Blocks - 1 : block - 1;
        if (lookup(layout.ChecksumLayer, before, sector) && Rs03CrcSector.Belongs(sector, layout))
        {
            for (int layer = 0; layer < layout.PayloadLayers; layer++)
            {
                checksums[layer] = Rs03CrcSector.ChecksumOf(sector, layer);
                known[layer] = true;
            }
        }
    }

    /// <inheritdoc/>
    public override bool? ProvesItself(int layer, ReadOnlySpan<byte> sector) =>
        layer == layout.ChecksumLayer ? Rs03CrcSector.Belongs(sector, layout) : null;

    /// <inheritdoc/>
    public override bool IsNeededLater(int layer, long block, bool isLast) => layer == layout.ChecksumLayer && isLast;

    /// <inheritdoc/>
    public override long? BlockDescribedBy(int layer, long block) => layer == layout.ChecksumLayer ? (block + 1) % Blocks : null;

    /// <inheritdoc/>
    public override LayeredVolume On(IImageStorage image, IImageStorage parityFile) => new Rs03Volume(layout, image, parityFile);

    /// <inheritdoc/>
    public override bool HasHeaders() => layout.IsImage || Rs03FileFinder.HasHeader(parityFile, layout);

    /// <inheritdoc/>
    public override void WriteHeaders()
    {
        if (!layout.IsImage)
        {
            byte[] header = new byte[EccHeader.Length];
            layout.ToHeader().Write(header);
            parityFile.Write(0, header);
        }
    }

    private void ReadStored(SectorPlace place, Span<byte> target, Span<SectorFlaw> flaws)
    {
        (place.Home == SectorHome.ParityFile ? parityFile : image).ReadSectors(place.Sector, target, flaws);
        for (int index = 0; index < flaws.Length; index++)
        {
            if (flaws[index] == SectorFlaw.None && DeadSectorMarker.Is(target.Slice(index * Sector.Size, Sector.Size)))
            {
                flaws[index] = SectorFlaw.Marked;
            }
        }
    }

    // The payload may end within its last sector, and may have been followed by something since.
    private void ReadLast(Span<byte> sector, ref SectorFlaw flaw)
    {
        if (layout.LastSectorBytes == Sector.Size)
        {
            return;
        }

        Span<byte> used = sector[..layout.LastSectorBytes];
        bool complete = image.Read((layout.PayloadSectors - 1) * Sector.Size, used) == used.Length;
        flaw = complete ? SectorFlaw.None : SectorFlaw.Missing;
        sector[layout.LastSectorBytes..].Clear();
    }
}
