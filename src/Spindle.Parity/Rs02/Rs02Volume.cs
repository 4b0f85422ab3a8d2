// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Blocks;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs02;

/// <summary>An RS02 image as layers.</summary>
/// <param name="layout">Where things are.</param>
/// <param name="header">The 4096 bytes of one header that is whole: all copies are the same.</param>
/// <param name="image">The image.</param>
internal sealed class Rs02Volume(Rs02Layout layout, byte[] header, IImageStorage image) : LayeredVolume
{
    /// <inheritdoc/>
    public override long Blocks => layout.SectorsPerLayer;

    /// <inheritdoc/>
    public override int Roots => layout.Roots;

    /// <inheritdoc/>
    public override bool MayMisleadByChecksums => true;

    /// <inheritdoc/>
    public override SectorPlace Place(int layer, long block)
    {
        long number = (layer * layout.SectorsPerLayer) + block;
        if (layer >= DataLayers)
        {
            return new(SectorHome.Image, layout.PlaceOfParity(number - (DataLayers * layout.SectorsPerLayer)));
        }

        // The code takes the header, and what lies behind the checksums, for zeros.
        bool isZero = number >= layout.ProtectedSectors || (number >= layout.PayloadSectors && number < layout.FirstChecksum);
        return new(isZero ? SectorHome.Nowhere : SectorHome.Image, number);
    }

    /// <inheritdoc/>
    public override void Read(int layer, long block, Span<byte> target, Span<SectorFlaw> flaws)
    {
        for (int index = 0; index < flaws.Length;)
        {
            SectorPlace place = Place(layer, block + index);
            int run = RunLength(layer, block + index, flaws.Length - index);
            Span<byte> sectors = target.Slice(index * Sector.Size, run * Sector.Size);
            if (place.Home == SectorHome.Nowhere)
            {
                sectors.Clear();
            }
            else
            {
                image.ReadSectors(place.Sector, sectors, flaws.Slice(index, run));
                for (int within = 0; within < run; within++)
                {
                    if (flaws[index + within] == SectorFlaw.None && DeadSectorMarker.Is(sectors.Slice(within * Sector.Size, Sector.Size)))
                    {
                        flaws[index + within] = SectorFlaw.Marked;
                    }
                }
            }

            index += run;
        }
    }

    /// <inheritdoc/>
    public override void Write(int layer, long block, ReadOnlySpan<byte> sectors)
    {
        for (int index = 0; index < sectors.Length / Sector.Size; index++)
        {
            SectorPlace place = Place(layer, block + index);
            if (place.Home == SectorHome.Image)
            {
                image.Write(place.Sector * Sector.Size, sectors.Slice(index * Sector.Size, Sector.Size));
            }
        }
    }

    /// <inheritdoc/>
    public override void GetChecksums(long block, SectorLookup lookup, Span<uint> checksums, Span<bool> known)
    {
        known.Clear();
        int layers = layout.PayloadLayersOf(block);
        if (block == layout.FirstBlock)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                checksums[layer] = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(Sector.Size + (layer * sizeof(uint))));
                known[layer] = true;
            }

            return;
        }

        Span<byte> sector = stackalloc byte[Sector.Size];
        long loaded = -1;
        bool isGood = false;
        long position = layout.ChecksumsBefore(block) * sizeof(uint);
        for (int layer = 0; layer < layers; layer++, position += sizeof(uint))
        {
            long number = layout.FirstChecksum + (position / Sector.Size);
            if (number != loaded)
            {
                loaded = number;
                isGood = lookup((int)(number / Blocks), number % Blocks, sector);
            }

            if (isGood)
            {
                checksums[layer] = BinaryPrimitives.ReadUInt32LittleEndian(sector[(int)(position % Sector.Size)..]);
                known[layer] = true;
            }
        }
    }

    /// <inheritdoc/>
    public override bool IsNeededLater(int layer, long block, bool isLast)
    {
        long number = (layer * layout.SectorsPerLayer) + block;
        return number >= layout.FirstChecksum && number < layout.ProtectedSectors;
    }

    /// <inheritdoc/>
    public override LayeredVolume On(IImageStorage image, IImageStorage parityFile) => new Rs02Volume(layout, header, image);

    /// <inheritdoc/>
    public override bool HasHeaders()
    {
        byte[] copy = new byte[EccHeader.Length];
        return HeaderPlaces().All(sector => image.Read(sector * Sector.Size, copy) == copy.Length && copy.AsSpan().SequenceEqual(header));
    }

    /// <inheritdoc/>
    public override void WriteHeaders()
    {
        byte[] copy = new byte[EccHeader.Length];
        foreach (long sector in HeaderPlaces())
        {
            if (image.Read(sector * Sector.Size, copy) != copy.Length || !copy.AsSpan().SequenceEqual(header))
            {
                image.Write(sector * Sector.Size, header);
            }
        }
    }

    private IEnumerable<long> HeaderPlaces()
    {
        yield return layout.PayloadSectors;
        for (long copy = 0; copy < layout.HeaderCopies; copy++)
        {
            yield return layout.FirstHeader + (copy * layout.Modulo);
        }
    }

    // Sectors that follow one another in the image as they do in the layer.
    private int RunLength(int layer, long block, int most)
    {
        SectorPlace first = Place(layer, block);
        int run = 1;
        while (run < most)
        {
            SectorPlace next = Place(layer, block + run);
            if (next.Home != first.Home || next.Sector != first.Sector + run)
            {
                break;
            }

            run++;
        }

        return run;
    }
}
