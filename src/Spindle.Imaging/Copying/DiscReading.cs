// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Reads a whole medium from front to back; what an earlier run has read comes from the unfinished image.</summary>
/// <remarks>Ends at the first failure, or where the drive struggles: see <see cref="Interruption"/>. A rescue goes on from there.</remarks>
internal sealed class DiscReading(ISectorReader source, MediumLayout layout, CopyPlan plan, BatchPool pool, TimeProvider time) : IBatchProducer
{
    /// <summary>Why the reading ended before the end of the medium; null where it did not.</summary>
    public LinearInterruption? Interruption { get; private set; }

    /// <summary>Reads asked of the drive, but for those of <see cref="Interruption"/>.</summary>
    public long Reads { get; private set; }

    /// <summary>Sectors that these gave.</summary>
    public long SectorsRead { get; private set; }

    /// <summary>Bytes taken from what an earlier run had read.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>Bytes that an earlier run had read and that are no longer what it read; they were read again.</summary>
    public long SpoiltBytes { get; private set; }

    /// <inheritdoc/>
    public void Run(Action<SectorBatch> send, Action<long> reached, CancellationToken cancellationToken)
    {
        List<SectorRange> wanted = [];
        foreach (SectorRange range in layout.Batches())
        {
            SectorBatch batch = pool.Take(cancellationToken);
            wanted.Clear();
            FindWanted(range, batch.Memory, wanted);
            SectorRange[] fresh = [.. wanted];
            if (!TryRead(range, fresh, batch.Memory, out List<TimedRead>? reads))
            {
                Interruption = new() { Batch = batch, Range = range, Reads = reads };
                return;
            }

            int length = layout.ByteLength(range);
            KeptBytes += length - fresh.Sum(part => (long)layout.ByteLength(part));
            batch.Fill(range, length, fresh);
            send(batch);
            reached(layout.PositionOf(range.End));
        }
    }

    private bool TryRead(SectorRange batch, SectorRange[] wanted, Span<byte> memory, [NotNullWhen(false)] out List<TimedRead>? reads)
    {
        reads = [];
        foreach (SectorRange range in wanted.SelectMany(BeforeTailAndThenSingly))
        {
            long start = time.GetTimestamp();
            SectorRead read = source.Read(range, memory.Slice((int)(range.Start - batch.Start) * layout.SectorSize, (int)range.Count * layout.SectorSize));
            reads.Add(new(range, read, time.GetElapsedTime(start)));
            if (plan.Slow.Note(read, reads[^1].Duration) || read.Fault != SectorFault.None)
            {
                return false;
            }
        }

        Reads += reads.Count;
        SectorsRead += wanted.Sum(range => range.Count);
        reads = null;
        return true;
    }

    private IEnumerable<SectorRange> BeforeTailAndThenSingly(SectorRange range)
    {
        SectorRange before = range.Intersect(new(0, layout.TailStart));
        if (!before.IsEmpty)
        {
            yield return before;
        }

        for (long sector = Math.Max(range.Start, layout.TailStart); sector < range.End; sector++)
        {
            yield return new(sector, 1);
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
}
