// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>How a medium is cut for copying: into batches that are read at once, and pieces that have a digest each.</summary>
/// <param name="SectorSize">Bytes of a sector.</param>
/// <param name="Length">Bytes of the medium.</param>
internal sealed record MediumLayout(int SectorSize, long Length)
{
    /// <summary>Bytes of a piece: what a mismatch can be narrowed down to without another reading.</summary>
    private const int PieceSize = 64 * 1024;

    /// <summary>Pieces of a batch. One MiB a read is as fast as any more on every drive and file system measured.</summary>
    private const int PiecesPerBatch = 16;

    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    public int SectorsPerPiece => Math.Max(1, PieceSize / SectorSize);

    public int SectorsPerBatch => SectorsPerPiece * PiecesPerBatch;

    public int BatchLength => SectorsPerBatch * SectorSize;

    public long PieceCount => (SectorCount + SectorsPerPiece - 1) / SectorsPerPiece;

    /// <summary>The first sector of the last piece. A drive may fail behind the last written sector: there every sector is read by itself.</summary>
    public long TailStart => Math.Max(0, SectorCount - 1) / SectorsPerPiece * SectorsPerPiece;

    public static MediumLayout Of(ISectorReader reader) => new(reader.SectorSize, reader.Length);

    /// <summary>All batches, in order; only the last can be shorter.</summary>
    public IEnumerable<SectorRange> Batches() => Cut(new(0, SectorCount), SectorsPerBatch);

    /// <summary>The pieces of a batch, in order; only the last of the medium can be shorter.</summary>
    public IEnumerable<SectorRange> Pieces(SectorRange batch) => Cut(batch, SectorsPerPiece);

    /// <summary>Whether these sectors are a whole piece, as one that has a digest.</summary>
    public bool IsPiece(SectorRange sectors) =>
        sectors.Start % SectorsPerPiece == 0 && (sectors.Count == SectorsPerPiece || sectors.End == SectorCount);

    /// <summary>Number of the piece that a sector lies in.</summary>
    public long PieceOf(long sector) => sector / SectorsPerPiece;

    /// <summary>Position of a sector's first byte; the end of the medium for the sector after the last.</summary>
    public long PositionOf(long sector) => Math.Min(sector * SectorSize, Length);

    /// <summary>Bytes of a range.</summary>
    public int ByteLength(SectorRange range) => checked((int)(PositionOf(range.End) - PositionOf(range.Start)));

    private static IEnumerable<SectorRange> Cut(SectorRange all, int step)
    {
        for (long start = all.Start; start < all.End; start += step)
        {
            yield return new(start, Math.Min(step, all.End - start));
        }
    }
}
