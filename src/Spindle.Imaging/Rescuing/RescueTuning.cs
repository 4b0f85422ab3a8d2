// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>How much is read at once, and how far is skipped. All in sectors.</summary>
internal sealed record RescueTuning
{
    private const int DataSectorSize = 2048;

    /// <summary>More than any CD holds, and less than any DVD drive reports for a full disc.</summary>
    private const long LargestCd = 1_000_000_000;

    /// <summary>A DVD of two layers, or a DVD-RAM of two sides.</summary>
    private const long LargestDvd = 9_500_000_000;

    private const int SmallestSkipShare = 100_000;
    private const int LargestSkipShare = 100;

    /// <summary>What a failure spoils at most: a failed read marks no more than the rest of its cluster.</summary>
    public required int Cluster { get; init; }

    /// <summary>The largest read; a multiple of <see cref="Cluster"/>.</summary>
    public required int LargestRead { get; init; }

    /// <summary>What the drive decodes as a whole, and fails as a whole: 1 on CD, 16 on DVD, 32 on Blu-ray Disc.</summary>
    public required int Unit { get; init; }

    /// <summary>How far the first failure of a row makes the first pass skip; a multiple of <see cref="Cluster"/>.</summary>
    public required long FirstSkip { get; init; }

    /// <summary>How far it skips at most; not a multiple of anything, as ddrescue's is not.</summary>
    public required long LargestSkip { get; init; }

    /// <summary>The first sector of the last cluster, in which every sector is read by itself: a run-out takes no neighbour with it.</summary>
    public required long TailStart { get; init; }

    /// <summary>How often every bad sector is tried again.</summary>
    public required int Retries { get; init; }

    /// <summary>Sectors that nobody has written, between sessions: they are bad on the map from the start, and never tried.</summary>
    public IReadOnlyList<SectorRange> OffTrack { get; init; } = [];

    /// <summary>Chooses by what the drive says of the disc, else by the size of the medium, which tells its kind where nothing else does.</summary>
    /// <param name="layout">The medium.</param>
    /// <param name="retries">How often every bad sector is tried again.</param>
    /// <param name="sectorsPerUnit">What the drive decodes as a whole; null where it does not say what disc it is.</param>
    public static RescueTuning For(MediumLayout layout, int retries, int? sectorsPerUnit = null)
    {
        int cluster = layout.SectorsPerPiece;
        long skip = ToClusters(Math.Max(cluster, layout.SectorCount / SmallestSkipShare), cluster);
        return new()
        {
            Cluster = cluster,
            LargestRead = layout.SectorsPerBatch,
            Unit = sectorsPerUnit ?? layout switch
            {
                { SectorSize: not DataSectorSize } or { Length: <= LargestCd } => 1,
                { Length: <= LargestDvd } => 16,
                _ => 32,
            },
            FirstSkip = skip,
            LargestSkip = Math.Max(skip, ((layout.Length / LargestSkipShare) + layout.SectorSize - 1) / layout.SectorSize),
            TailStart = layout.TailStart,
            Retries = retries,
        };
    }

    private static long ToClusters(long sectors, int cluster) => (sectors + cluster - 1) / cluster * cluster;
}
