// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Reads a disc a second time and compares it with its image, sector by sector.</summary>
/// <remarks>
/// Sectors that could not be read the first time are not tried: zeros, or what parity gave, stand for them in both.
/// </remarks>
internal sealed class DiscRereading(ISectorReader disc, UncachedFile image, CopyState state, MediumLayout layout, BatchPool pool) : IBatchProducer
{
    private readonly IReadOnlyList<SectorRange> _restored = state.Restored;
    private readonly SectorMap _readable = state.ReadFromMedium();
    private readonly AlignedBuffer _expected = new(layout.BatchLength);
    private readonly RangeList _differences = new();
    private readonly RangeList _unreadable = new();

    /// <summary>Sectors that read otherwise than the first time.</summary>
    public IReadOnlyList<SectorRange> Differences => _differences.Ranges;

    /// <summary>Sectors that could be read the first time, and now can't.</summary>
    public IReadOnlyList<SectorRange> Unreadable => _unreadable.Ranges;

    /// <inheritdoc/>
    public void Run(Action<SectorBatch> send, Action<long> reached, CancellationToken cancellationToken)
    {
        foreach (SectorRange range in layout.Batches())
        {
            SectorBatch batch = pool.Take(cancellationToken);
            Read(range, batch.Memory);
            int length = layout.ByteLength(range);
            Compare(range, batch.Memory[..length]);
            batch.Fill(range, length, []);
            send(batch);
            reached(layout.PositionOf(range.End));
        }
    }

    private void Read(SectorRange batch, Span<byte> memory)
    {
        long sector = batch.Start;
        while (sector < batch.End)
        {
            SectorRun known = _readable.RunAt(sector);
            SectorRange part = known.Range.Intersect(SectorRange.Between(sector, batch.End));
            Span<byte> here = memory.Slice((int)(part.Start - batch.Start) * layout.SectorSize, (int)part.Count * layout.SectorSize);
            if (known.State == SectorState.Finished)
            {
                int read = disc.Read(part, here).Count;
                sector += read;
                if (read < part.Count)
                {
                    // One sector by itself, and on behind it: what failed may be a long read, not the sector.
                    here = here.Slice(read * layout.SectorSize, layout.SectorSize);
                    if (disc.Read(new(sector, 1), here).Count == 0)
                    {
                        here.Clear();
                        _unreadable.Add(new(sector, 1));
                    }

                    sector++;
                }
            }
            else
            {
                here.Clear();
                sector = part.End;
            }
        }
    }

    private void Compare(SectorRange batch, Span<byte> content)
    {
        int read = image.Read(layout.PositionOf(batch.Start), _expected.Span);
        ReadOnlySpan<byte> expected = _expected.Span[..Math.Min(read, content.Length)];
        foreach (SectorRange restored in _restored.Select(range => range.Intersect(batch)).Where(range => !range.IsEmpty))
        {
            int start = (int)(restored.Start - batch.Start) * layout.SectorSize;
            int end = Math.Min(start + ((int)restored.Count * layout.SectorSize), expected.Length);
            expected[Math.Min(start, end)..end].CopyTo(content[Math.Min(start, end)..]);
        }

        if (content.SequenceEqual(expected))
        {
            return;
        }

        for (long sector = batch.Start; sector < batch.End; sector++)
        {
            int start = (int)(sector - batch.Start) * layout.SectorSize;
            int end = Math.Min(start + layout.SectorSize, content.Length);
            if (end > expected.Length || !content[start..end].SequenceEqual(expected[start..end]))
            {
                _differences.Add(new(sector, 1));
            }
        }
    }
}
