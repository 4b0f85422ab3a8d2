// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Reads a written image back from its storage.</summary>
internal sealed class ImageReading(UncachedFile image, MediumLayout layout, BatchPool pool) : IBatchProducer
{
    private readonly RangeList _unreadable = new();

    /// <summary>Sectors that the storage did not give back.</summary>
    public IReadOnlyList<SectorRange> Unreadable => _unreadable.Ranges;

    /// <inheritdoc/>
    public void Run(Action<SectorBatch> send, Action<long> reached, CancellationToken cancellationToken)
    {
        foreach (SectorRange range in layout.Batches())
        {
            SectorBatch batch = pool.Take(cancellationToken);
            int length = layout.ByteLength(range);
            int read = Read(layout.PositionOf(range.Start), batch.Memory);
            if (read < length)
            {
                batch.Memory[read..].Clear();
                _unreadable.Add(SectorRange.Between(range.Start + (read / layout.SectorSize), range.End));
            }

            batch.Fill(range, length, []);
            send(batch);
            reached(layout.PositionOf(range.End));
        }
    }

    private int Read(long position, Span<byte> memory)
    {
        try
        {
            return image.Read(position, memory);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
