// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Security.Cryptography;
using Spindle.Archiving.Catalogue;

namespace Spindle.Archiving.Discs;

/// <summary>The catalogue that comes onto every disc of a plan: the whole archive as the plan knows it.</summary>
internal sealed class CatalogueCopy
{
    // More than a hundredth of a disc is too much for a copy that is on every one: then it is compressed.
    private const int LargestShare = 100;

    private CatalogueCopy(bool isCompressed, long length, byte[] sha256, string? path)
    {
        IsCompressed = isCompressed;
        Length = length;
        Sha256 = sha256;
        Path = path;
    }

    public bool IsCompressed { get; }

    /// <summary>Its name in ARCHIVE.</summary>
    public string Name => IsCompressed ? "catalogue.json.gz" : "catalogue.json";

    public long Length { get; }

    public long Sectors => Formats.Mastering.VolumeGeometry.SectorsOf(Length);

    public byte[] Sha256 { get; }

    /// <summary>The file that keeps it; null where it was only measured.</summary>
    public string? Path { get; }

    /// <summary>Finds out how long it will be.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="scan">The newest scan that it tells of.</param>
    /// <param name="plan">The newest plan that it tells of.</param>
    /// <param name="isCompressed">Whether it must be compressed; null to find that out, too.</param>
    /// <param name="imageSectors">Sectors that an image may have.</param>
    public static CatalogueCopy Measure(CatalogueDatabase database, long scan, long? plan, bool? isCompressed, long imageSectors)
    {
        using MeasuringStream compressed = new(Stream.Null, hash: null);
        using GZipStream compressor = new(compressed, CompressionLevel.Fastest, leaveOpen: true);
        using MeasuringStream plain = new(compressor, hash: null);
        CatalogueJson.Write(plain, database, scan, plan ?? 0);
        compressor.Dispose();
        bool compresses = isCompressed ?? plain.Length > imageSectors * Media.Capacity.SectorSize / LargestShare;
        return new(compresses, compresses ? compressed.Length : plain.Length, new byte[SHA256.HashSizeInBytes], null);
    }

    /// <summary>Makes it.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="disc">A disc that it is for.</param>
    /// <param name="store">Keeps it.</param>
    public static CatalogueCopy Make(CatalogueDatabase database, DiscFacts disc, IDocumentStore store)
    {
        bool isCompressed = disc.Detail.IsCatalogueCompressed;
        Document document = store.Keep("catalogue", output =>
        {
            using Stream target = isCompressed ? new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true) : output;
            CatalogueJson.Write(target, database, disc.Scan, disc.PlanId);
        });
        return new(isCompressed, document.Length, document.Sha256, document.Path);
    }
}
