// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Security.Cryptography;
using Spindle.Archiving.Catalogue;
using Spindle.Mastering;

namespace Spindle.Archiving.Discs;

/// <summary>The catalogue that comes onto every disc of a plan: the whole archive as the plan knows it.</summary>
internal sealed class CatalogueCopy
{
    // More than a hundredth of a disc is too much for a copy that is on every one: then it is compressed.
    private const int LargestShare = 100;

    // A line of the document beside names and paths, as most are; and what compression leaves at most.
    private const int BytesOfContent = 190;
    private const int BytesOfEntry = 270;
    private const int CompressedShare = 2;

    private CatalogueCopy(bool isCompressed, long length, byte[] sha256, string? path)
    {
        IsCompressed = isCompressed;
        Length = length;
        Sha256 = sha256;
        Path = path;
    }

    public bool IsCompressed { get; }

    /// <summary>Its name in ARCHIVE.</summary>
    public string Name => NameOf(IsCompressed);

    public long Length { get; }

    public long Sectors => VolumeGeometry.SectorsOf(Length);

    public byte[] Sha256 { get; }

    /// <summary>The file that keeps it; null where it was only measured.</summary>
    public string? Path { get; }

    /// <summary>The name of such a copy in ARCHIVE.</summary>
    /// <param name="isCompressed">Whether it is compressed.</param>
    public static string NameOf(bool isCompressed) => isCompressed ? "catalogue.json.gz" : "catalogue.json";

    /// <summary>Guesses how long it will be, and so whether it is compressed, without writing it.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="imageSectors">Sectors that an image may have.</param>
    /// <returns>Sectors, rather too many; and whether it is to be compressed.</returns>
    public static (long Sectors, bool IsCompressed) Estimate(CatalogueDatabase database, long imageSectors)
    {
        using Statement sizes = database.Prepare("""
            SELECT (SELECT count(*) FROM content), count(*), total(length(name)), total(length(extra)) + total(length(target)) FROM entry
            """);
        using Statement paths = database.Prepare("""
            SELECT total(entries * length(path)) FROM (SELECT directory, count(*) AS entries FROM entry GROUP BY directory) JOIN directory ON id = directory
            """);
        sizes.Step();
        long fixedBytes = 4096 + (sizes.Number(0) * BytesOfContent) + (sizes.Number(1) * BytesOfEntry);
        long bytes = fixedBytes + sizes.Number(2) + sizes.Number(3) + (paths.Scalar() ?? 0);
        sizes.Reset();
        bool isCompressed = bytes > imageSectors * Media.Capacity.SectorSize / LargestShare;
        return (VolumeGeometry.SectorsOf(isCompressed ? bytes / CompressedShare : bytes), isCompressed);
    }

    /// <summary>Finds out how long it will be.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="scan">The newest scan that it tells of.</param>
    /// <param name="plan">The newest plan that it tells of.</param>
    /// <param name="isCompressed">Whether it is to be compressed.</param>
    public static CatalogueCopy Measure(CatalogueDatabase database, long scan, long plan, bool isCompressed)
    {
        using MeasuringStream output = new(Stream.Null, hash: null);
        Write(output, database, scan, plan, isCompressed);
        return new(isCompressed, output.Length, new byte[SHA256.HashSizeInBytes], null);
    }

    /// <summary>Makes it.</summary>
    /// <param name="database">The catalogue.</param>
    /// <param name="disc">A disc that it is for.</param>
    /// <param name="store">Keeps it.</param>
    public static CatalogueCopy Make(CatalogueDatabase database, DiscFacts disc, IDocumentStore store)
    {
        bool isCompressed = disc.Detail.IsCatalogueCompressed;
        Document document = store.Keep("catalogue", output => Write(output, database, disc.Scan, disc.PlanId, isCompressed));
        return new(isCompressed, document.Length, document.Sha256, document.Path);
    }

    private static void Write(Stream output, CatalogueDatabase database, long scan, long plan, bool isCompressed)
    {
        if (!isCompressed)
        {
            CatalogueJson.Write(output, database, scan, plan);
            return;
        }

        using GZipStream compressor = new(output, CompressionLevel.Fastest, leaveOpen: true);
        CatalogueJson.Write(compressor, database, scan, plan);
    }
}
