// SPDX-License-Identifier: MIT
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs02;

/// <summary>Where RS02 puts what: payload, header, checksums; then parity, with a copy of the header every so many sectors.</summary>
internal sealed record Rs02Layout
{
    /// <summary>Sectors of the header.</summary>
    public const int HeaderSectors = EccHeader.Length / Sector.Size;

    private const int SmallestModulo = 32;
    private const int MostHeaders = 40;
    private const int FewestRoots = 8;
    private const int MostRoots = 170;
    private const long MostSectors = 1L << 40;

    private Rs02Layout(long payloadSectors, int roots, long modulo)
    {
        PayloadSectors = payloadSectors;
        Roots = roots;
        ChecksumSectors = Sector.CountOf(payloadSectors * sizeof(uint));
        int dataLayers = ReedSolomonCode.Length - roots;
        SectorsPerLayer = (ProtectedSectors + dataLayers - 1) / dataLayers;
        Modulo = modulo;
    }

    /// <summary>Sectors of the payload.</summary>
    public long PayloadSectors { get; }

    /// <summary>Parity layers, 8 to 170.</summary>
    public int Roots { get; }

    /// <summary>Sectors with checksums, behind the header.</summary>
    public long ChecksumSectors { get; }

    /// <summary>Sectors of each layer, which is also the number of ecc blocks.</summary>
    public long SectorsPerLayer { get; }

    /// <summary>Copies of the header stand at multiples of this many sectors, from <see cref="FirstHeader"/> on.</summary>
    public long Modulo { get; }

    /// <summary>Sectors before the parity: payload, header, checksums.</summary>
    public long ProtectedSectors => PayloadSectors + HeaderSectors + ChecksumSectors;

    /// <summary>The first sector with checksums.</summary>
    public long FirstChecksum => PayloadSectors + HeaderSectors;

    /// <summary>Sectors of parity.</summary>
    public long ParitySectors => Roots * SectorsPerLayer;

    /// <summary>The first copy of the header.</summary>
    public long FirstHeader => (ProtectedSectors + Modulo - 1) / Modulo * Modulo;

    /// <summary>Copies of the header, besides the one behind the payload.</summary>
    public long HeaderCopies => ((ParitySectors + ProtectedSectors - FirstHeader) / (Modulo - HeaderSectors)) + 1;

    /// <summary>Sectors of the image.</summary>
    public long TotalSectors => ProtectedSectors + ParitySectors + (HeaderSectors * HeaderCopies);

    /// <summary>The block whose checksums are in the header, since those of all others follow from it.</summary>
    public long FirstBlock => FirstChecksum % SectorsPerLayer;

    /// <summary>The layout that a header describes, or null where it describes none.</summary>
    public static Rs02Layout? From(EccHeader header)
    {
        if (header.Method != Codec.Rs02 || header.Roots is < FewestRoots or > MostRoots
            || header.DataSymbols != ReedSolomonCode.Length - header.Roots || header.PayloadSectors is < 1 or > MostSectors)
        {
            return null;
        }

        // The distance of headers was chosen before the number of roots was final: what the header says was added tells it.
        long modulo = SmallestModulo;
        while (new Rs02Layout(header.PayloadSectors, header.Roots, modulo).ParitySectors / modulo > MostHeaders)
        {
            modulo *= 2;
        }

        Rs02Layout usual = new(header.PayloadSectors, header.Roots, modulo);
        Rs02Layout wider = new(header.PayloadSectors, header.Roots, 2 * modulo);
        return header.SectorsAdded == wider.TotalSectors - wider.PayloadSectors && header.SectorsAdded != usual.TotalSectors - usual.PayloadSectors ? wider : usual;
    }

    /// <summary>The image sector of a parity sector, counted through all parity layers.</summary>
    public long PlaceOfParity(long number)
    {
        long beforeHeaders = FirstHeader - ProtectedSectors;
        return number < beforeHeaders
            ? ProtectedSectors + number
            : ProtectedSectors + number + HeaderSectors + (HeaderSectors * ((number - beforeHeaders) / (Modulo - HeaderSectors)));
    }

    /// <summary>How many sectors of a block belong to the payload: its first layers.</summary>
    public int PayloadLayersOf(long block) => (int)((PayloadSectors / SectorsPerLayer) + (block < PayloadSectors % SectorsPerLayer ? 1 : 0));

    /// <summary>How many checksums come before those of a block, in the order of blocks from the one behind <see cref="FirstBlock"/>.</summary>
    public long ChecksumsBefore(long block)
    {
        long first = (FirstBlock + 1) % SectorsPerLayer;
        long blocksBefore = (block - first + SectorsPerLayer) % SectorsPerLayer;
        long longer = PayloadSectors % SectorsPerLayer;
        long end = first + blocksBefore;
        long longerBefore = Math.Clamp(longer, first, Math.Min(end, SectorsPerLayer)) - first;
        if (end > SectorsPerLayer)
        {
            longerBefore += Math.Min(longer, end - SectorsPerLayer);
        }

        return (blocksBefore * (PayloadSectors / SectorsPerLayer)) + Math.Max(0, longerBefore);
    }
}
