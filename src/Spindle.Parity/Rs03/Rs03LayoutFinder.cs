// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>Finds out where the RS03 parity of an image lies, from whatever is left of it.</summary>
/// <param name="image">The image; may be damaged anywhere, and cut off.</param>
internal sealed class Rs03LayoutFinder(IImageStorage image)
{
    // Where a layer of checksums can begin: payload layers are at least 84 and at most 246.
    private const int FirstChecksumLayer = 84;
    private const int LastChecksumLayer = 246;

    private readonly byte[] _sector = new byte[Sector.Size];

    /// <summary>Looks where the parts lie in a whole image: behind the volume, and in the layer of checksums of any likely size.</summary>
    public Rs03Layout? FindQuickly() => BehindVolume() ?? InChecksumLayer();

    /// <summary>Where <see cref="FindAnywhere"/> met a header of another codec, and stopped; null where it did not.</summary>
    public long? OtherHeader { get; private set; }

    /// <summary>Looks at every sector.</summary>
    /// <param name="sectorsDone">Called with the number of sectors just read.</param>
    /// <param name="cancellationToken">Stops between two reads.</param>
    public Rs03Layout? FindAnywhere(Action<long> sectorsDone, CancellationToken cancellationToken)
    {
        const int SectorsAtOnce = 512;
        byte[] sectors = new byte[(SectorsAtOnce + 1) * Sector.Size];
        SectorFlaw[] flaws = new SectorFlaw[SectorsAtOnce + 1];
        long count = Sector.CountOf(image.Length);
        for (long first = 0; first < count; first += SectorsAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int inRead = (int)Math.Min(SectorsAtOnce, count - first);
            image.ReadSectors(first, sectors.AsSpan(0, (inRead + 1) * Sector.Size), flaws);
            for (int index = 0; index < inRead; index++)
            {
                ReadOnlySpan<byte> rest = sectors.AsSpan(index * Sector.Size, 2 * Sector.Size);
                if (FromHeader(rest, first + index) is { } found || (found = FromChecksums(rest, first + index)) is not null)
                {
                    return found;
                }

                if (EccHeader.TryRead(rest) is { Method: Codec.Rs02 })
                {
                    OtherHeader = first + index;
                    return null;
                }
            }

            sectorsDone(inRead);
        }

        return null;
    }

    /// <summary>Asks the code itself: how many roots the ecc blocks have, were the image of one of the likely sizes.</summary>
    public Rs03Layout? FindByCode()
    {
        foreach (long sectorsPerLayer in LikelySectorsPerLayer())
        {
            Rs03CodeProbe probe = new(image, sectorsPerLayer);
            foreach (long block in new[] { 0, sectorsPerLayer / 2, sectorsPerLayer - 1, sectorsPerLayer / 3, sectorsPerLayer / 5 }.Distinct())
            {
                if (probe.Examine(block) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    // The volume descriptor notes the sectors of the volume at offset 80; some images have 150 sectors of run-out behind it.
    /// <summary>Looks behind the volume, where the header belongs.</summary>
    public Rs03Layout? BehindVolume()
    {
        byte[] header = new byte[EccHeader.Length];
        for (long number = 16; number < 32; number++)
        {
            if (image.TryReadSector(number, _sector) && _sector[0] == 1 && _sector.AsSpan(1).StartsWith("CD001"u8))
            {
                long volume = BinaryPrimitives.ReadUInt32LittleEndian(_sector.AsSpan(80));
                foreach (long sector in new[] { volume, volume - 150, volume + 150 }.Where(sector => sector > 0))
                {
                    if (image.Read(sector * Sector.Size, header) == header.Length && FromHeader(header, sector) is { } found)
                    {
                        return found;
                    }
                }
            }
        }

        return null;
    }

    // A few sectors of each place where the layer could be: one of them in order is enough.
    private Rs03Layout? InChecksumLayer()
    {
        foreach (long sectorsPerLayer in LikelySectorsPerLayer())
        {
            foreach (long within in new[] { 0, 1, sectorsPerLayer / 2, sectorsPerLayer - 1 }.Where(within => within < sectorsPerLayer).Distinct())
            {
                for (int layer = FirstChecksumLayer; layer <= LastChecksumLayer; layer++)
                {
                    long sector = (layer * sectorsPerLayer) + within;
                    if (image.TryReadSector(sector, _sector) && FromChecksums(_sector, sector) is { } found)
                    {
                        return found;
                    }
                }
            }
        }

        return null;
    }

    private IEnumerable<long> LikelySectorsPerLayer()
    {
        long sectors = Sector.CountOf(image.Length);
        List<long> likely = [];
        foreach (int runOut in (int[])[0, 2, 150, 152])
        {
            if (sectors > runOut && (sectors - runOut) % ReedSolomonCode.Length == 0)
            {
                likely.Add((sectors - runOut) / ReedSolomonCode.Length);
            }
        }

        // An image that was cut off still belongs to a medium that is larger; two sectors of run-out make none larger.
        likely.AddRange(StandardMedium.All.Select(medium => medium.Sectors / ReedSolomonCode.Length)
            .Where(sectorsPerLayer => sectorsPerLayer * ReedSolomonCode.Length >= sectors - 2));
        return likely.Distinct();
    }

    private static Rs03Layout? FromHeader(ReadOnlySpan<byte> bytes, long sector) =>
        EccHeader.TryRead(bytes) is { } header && Rs03Layout.From(header) is { IsImage: true } layout && layout.PayloadSectors == sector ? layout : null;

    private static Rs03Layout? FromChecksums(ReadOnlySpan<byte> bytes, long sector) =>
        Rs03CrcSector.TryReadLayout(bytes) is { IsImage: true } layout
        && sector >= layout.CoveredSectors && sector < layout.CoveredSectors + layout.SectorsPerLayer ? layout : null;
}
