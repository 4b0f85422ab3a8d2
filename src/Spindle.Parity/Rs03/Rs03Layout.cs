// SPDX-License-Identifier: MIT
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>Where RS03 puts what: 255 layers of equally many sectors, an ecc block being one sector of each.</summary>
/// <remarks>
/// Layers 0 to <see cref="PayloadLayers"/>-1 hold the payload (in an image also the header, and padding), then comes the layer of
/// checksums, then <see cref="Roots"/> layers of parity. A value is always consistent: see <see cref="IsConsistent"/>.
/// </remarks>
internal sealed record Rs03Layout
{
    /// <summary>Fewest parity layers.</summary>
    public const int MinimumRoots = 8;

    /// <summary>Most parity layers.</summary>
    public const int MaximumRoots = 170;

    /// <summary>Sectors of the header.</summary>
    public const int HeaderSectors = EccHeader.Length / Sector.Size;

    // Larger than any medium, and small enough that no product below overflows.
    private const long MostSectors = 1L << 40;

    /// <summary>Whether parity and payload are one image; otherwise the parity is a file of its own.</summary>
    public required bool IsImage { get; init; }

    /// <summary>Sectors of the payload; a last one that is cut short counts.</summary>
    public required long PayloadSectors { get; init; }

    /// <summary>Bytes of the last payload sector, 1 to 2048.</summary>
    public int LastSectorBytes { get; init; } = Sector.Size;

    /// <summary>Sectors of each layer, which is also the number of ecc blocks.</summary>
    public required long SectorsPerLayer { get; init; }

    /// <summary>Parity layers, 8 to 170.</summary>
    public required int Roots { get; init; }

    /// <summary>MD5 of payload sector 16.</summary>
    public UInt128 Fingerprint { get; init; }

    /// <summary>Layers before the one with checksums.</summary>
    public int PayloadLayers => ReedSolomonCode.Length - 1 - Roots;

    /// <summary>Number of the layer with checksums, the last one that the parity takes for data.</summary>
    public int ChecksumLayer => PayloadLayers;

    /// <summary>Number of the first parity layer.</summary>
    public int FirstParityLayer => PayloadLayers + 1;

    /// <summary>Bytes of the payload.</summary>
    public long PayloadBytes => ((PayloadSectors - 1) * Sector.Size) + LastSectorBytes;

    /// <summary>Sectors of the payload layers together: where an image's layer of checksums starts.</summary>
    public long CoveredSectors => PayloadLayers * SectorsPerLayer;

    /// <summary>Sectors of the whole image, or of the file of parity.</summary>
    public long TotalSectors => IsImage
        ? ReedSolomonCode.Length * SectorsPerLayer
        : HeaderSectors + ((1 + Roots) * SectorsPerLayer);

    /// <summary>Whether the numbers can belong together: what is read from a medium is tested by this before it is used.</summary>
    public bool IsConsistent => Roots is >= MinimumRoots and <= MaximumRoots
        && LastSectorBytes is >= 1 and <= Sector.Size
        && SectorsPerLayer is >= 1 and <= MostSectors
        && PayloadSectors >= 1
        && PayloadSectors <= CoveredSectors - (IsImage ? HeaderSectors : 0);

    /// <summary>The layout of an image that fills a medium, or null where the payload leaves too little room.</summary>
    /// <param name="payloadSectors">Whole sectors of the payload.</param>
    /// <param name="mediumSectors">Sectors of the medium; up to 254 of them stay unused.</param>
    public static Rs03Layout? ForImage(long payloadSectors, long mediumSectors)
    {
        long sectorsPerLayer = mediumSectors / ReedSolomonCode.Length;
        if (payloadSectors < 1 || sectorsPerLayer < 1 || payloadSectors + HeaderSectors > ReedSolomonCode.Length * sectorsPerLayer)
        {
            return null;
        }

        long layers = (payloadSectors + HeaderSectors + sectorsPerLayer - 1) / sectorsPerLayer;
        int payloadLayers = (int)Math.Max(layers, ReedSolomonCode.Length - 1 - MaximumRoots);
        Rs03Layout layout = new()
        {
            IsImage = true,
            PayloadSectors = payloadSectors,
            SectorsPerLayer = sectorsPerLayer,
            Roots = ReedSolomonCode.Length - 1 - payloadLayers,
        };
        return layout.IsConsistent ? layout : null;
    }

    /// <summary>The smallest image with at least so many roots, or null where there can be none.</summary>
    public static Rs03Layout? ForImageWithRoots(long payloadSectors, int roots)
    {
        int payloadLayers = ReedSolomonCode.Length - 1 - roots;
        long sectorsPerLayer = (payloadSectors + HeaderSectors + payloadLayers - 1) / payloadLayers;
        return ForImage(payloadSectors, sectorsPerLayer * ReedSolomonCode.Length);
    }

    /// <summary>The layout of a file of parity.</summary>
    /// <param name="payloadBytes">Bytes of the payload, at least 1.</param>
    /// <param name="roots">Parity layers, 8 to 170.</param>
    public static Rs03Layout ForFile(long payloadBytes, int roots)
    {
        long payloadSectors = Sector.CountOf(payloadBytes);
        int payloadLayers = ReedSolomonCode.Length - 1 - roots;
        return new()
        {
            IsImage = false,
            PayloadSectors = payloadSectors,
            LastSectorBytes = (int)(payloadBytes - ((payloadSectors - 1) * Sector.Size)),
            SectorsPerLayer = (payloadSectors + payloadLayers - 1) / payloadLayers,
            Roots = roots,
        };
    }

    /// <summary>The layout that a header describes, or null where it describes none.</summary>
    public static Rs03Layout? From(EccHeader header)
    {
        Rs03Layout layout = new()
        {
            IsImage = (header.Flags & Rs03CrcSector.FileFlag) == 0,
            PayloadSectors = header.PayloadSectors,
            LastSectorBytes = header.LastSectorBytes,
            SectorsPerLayer = header.SectorsPerLayer,
            Roots = header.Roots,
            Fingerprint = header.Fingerprint,
        };
        return header.Method == Codec.Rs03 && header.DataSymbols == ReedSolomonCode.Length - header.Roots && layout.IsConsistent ? layout : null;
    }

    /// <summary>The header of this layout.</summary>
    public EccHeader ToHeader() => new()
    {
        Method = Codec.Rs03,
        Flags = IsImage ? (byte)0 : Rs03CrcSector.FileFlag,
        Fingerprint = Fingerprint,
        PayloadSectors = PayloadSectors,
        DataSymbols = ReedSolomonCode.Length - Roots,
        Roots = Roots,
        NeededVersion = Rs03CrcSector.NeededVersion,
        LastSectorBytes = LastSectorBytes,
        SectorsPerLayer = SectorsPerLayer,
    };
}
