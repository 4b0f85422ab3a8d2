// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Reads a whole medium from front to back; what an earlier run has read comes from the unfinished image.</summary>
/// <remarks>
/// A failed read is narrowed down: the rest of the batch piece by piece, the piece that fails sector by sector. Nothing
/// on the medium stops the reading.
/// </remarks>
internal sealed class DiscReading(ISectorReader source, MediumLayout layout, CopyPlan plan, BatchPool pool)
{
    /// <summary>Sectors that are in the medium's place but could not be read, so far.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Bytes read from the medium in this run.</summary>
    public long FreshBytes { get; private set; }

    /// <summary>Bytes taken from what an earlier run had read.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>Bytes that an earlier run had read and that are no longer what it read; they were read again.</summary>
    public long SpoiltBytes { get; private set; }

    public void Run(Action<SectorBatch> send, Action<long> reached, CancellationToken cancelled, CancellationToken failed)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancelled, failed);
        List<SectorRange> wanted = [];
        foreach (SectorRange range in layout.Batches())
        {
            SectorBatch batch = pool.Take(either.Token);
            wanted.Clear();
            FindWanted(range, batch.Memory, wanted);
            List<SectorRun> fresh = [];
            foreach (SectorRange part in wanted)
            {
                Read(part, range, batch.Memory, fresh);
            }

            int length = layout.ByteLength(range);
            long freshBytes = wanted.Sum(part => (long)layout.ByteLength(part));
            FreshBytes += freshBytes;
            KeptBytes += length - freshBytes;
            batch.Fill(range, length, fresh);
            send(batch);
            reached(layout.PositionOf(range.End));
        }
    }

    /// <summary>Finds what must be read of a batch, and puts the rest into place.</summary>
    private void FindWanted(SectorRange batch, Span<byte> memory, List<SectorRange> wanted)
    {
        if (plan.Kept is not { } kept || plan.Known.RunAt(batch.Start) is { State: not SectorState.Finished } run && run.Range.End >= batch.End)
        {
            wanted.Add(batch);
            return;
        }

        long available = ReadKept(kept, batch, memory);
        foreach (SectorRange piece in layout.Pieces(batch))
        {
            long sector = piece.Start;
            bool isWhole = true;
            while (sector < piece.End)
            {
                SectorRun known = plan.Known.RunAt(sector);
                SectorRange here = known.Range.Intersect(SectorRange.Between(sector, piece.End));
                if (known.State != SectorState.Finished || layout.PositionOf(here.End) > available)
                {
                    memory.Slice((int)(here.Start - batch.Start) * layout.SectorSize, (int)here.Count * layout.SectorSize).Clear();
                    Add(wanted, here);
                    isWhole = false;
                }

                sector = here.End;
            }

            if (isWhole && plan.Digests is { } digests && digests.Knows(piece) && !digests.Matches(batch, piece, memory[..layout.ByteLength(batch)]))
            {
                SpoiltBytes += layout.ByteLength(piece);
                Add(wanted, piece);
            }
        }
    }

    private static void Add(List<SectorRange> ranges, SectorRange range)
    {
        if (ranges.Count > 0 && ranges[^1].End >= range.Start)
        {
            ranges[^1] = SectorRange.Between(ranges[^1].Start, range.End);
        }
        else
        {
            ranges.Add(range);
        }
    }

    /// <returns>Position up to which the unfinished image could be read.</returns>
    private long ReadKept(UncachedFile kept, SectorRange batch, Span<byte> memory)
    {
        long position = layout.PositionOf(batch.Start);
        try
        {
            return position + kept.Read(position, memory);
        }
        catch (IOException)
        {
            // What can't be read back is read from the medium again.
            return position;
        }
    }

    private void Read(SectorRange range, SectorRange batch, Span<byte> memory, List<SectorRun> fresh)
    {
        Span<byte> At(SectorRange part, Span<byte> whole) =>
            whole.Slice((int)(part.Start - batch.Start) * layout.SectorSize, (int)part.Count * layout.SectorSize);

        SectorRead read = source.Read(range, At(range, memory));
        long sector = Note(fresh, new(range.Start, read.Count), SectorState.Finished);
        if (read.Fault == SectorFault.EndedEarly)
        {
            SectorRange missing = SectorRange.Between(sector, range.End);
            At(missing, memory).Clear();
            Note(fresh, missing, SectorState.Bad);
            return;
        }

        // Only a read that delivered something, or that was of one piece, tells where the failure is.
        bool isLocated = read.Count > 0 || range.Count <= layout.SectorsPerPiece;
        while (sector < range.End)
        {
            SectorRange piece = SectorRange.Between(sector, Math.Min(range.End, (layout.PieceOf(sector) + 1) * layout.SectorsPerPiece));
            if (!isLocated)
            {
                sector = Note(fresh, new(sector, source.Read(piece, At(piece, memory)).Count), SectorState.Finished);
            }

            isLocated = false;
            for (; sector < piece.End; sector++)
            {
                SectorRange single = new(sector, 1);
                Note(fresh, single, TryRead(single, At(single, memory)) ? SectorState.Finished : SectorState.Bad);
            }
        }
    }

    private bool TryRead(SectorRange single, Span<byte> memory)
    {
        for (int attempt = 0; attempt <= plan.Retries; attempt++)
        {
            SectorRead read = source.Read(single, memory);
            if (read.Fault != SectorFault.Unreadable)
            {
                return Filled(read.Fault == SectorFault.None, memory);
            }
        }

        return Filled(false, memory);
    }

    private static bool Filled(bool isRead, Span<byte> memory)
    {
        if (!isRead)
        {
            memory.Clear();
        }

        return isRead;
    }

    /// <returns>The sector after the range.</returns>
    private long Note(List<SectorRun> fresh, SectorRange range, SectorState state)
    {
        if (range.IsEmpty)
        {
            return range.End;
        }

        Unreadable += state == SectorState.Bad ? range.Count : 0;
        if (fresh.Count > 0 && fresh[^1] is var last && last.State == state && last.Range.End == range.Start)
        {
            fresh[^1] = new(SectorRange.Between(last.Range.Start, range.End), state);
        }
        else
        {
            fresh.Add(new(range, state));
        }

        return range.End;
    }
}
