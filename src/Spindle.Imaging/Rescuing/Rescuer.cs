// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Carries a <see cref="RescueStrategy"/> out: reads, writes what was read, and only then says so on the map.</summary>
internal sealed class Rescuer(ISectorReader source, IReadOnlyList<long> foundUnreadable, MediumLayout layout, CopyState state, ImageWriter writer, TimeProvider time)
{
    /// <summary>Told of each phase; null where nobody sets how hard the drive tries.</summary>
    public DriveEffort? Effort { get; init; }

    private readonly List<RescuePass> _passes = [];

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<RescuePass> Passes => _passes;

    /// <summary>Takes over where reading from front to back has ended.</summary>
    public void Take(RescueStrategy strategy, LinearInterruption interruption)
    {
        foreach (TimedRead read in interruption.Reads)
        {
            int start = (int)(read.Range.Start - interruption.Range.Start) * layout.SectorSize;
            Keep(read, interruption.Batch.Memory[start..]);
            strategy.Note(read.Range, read.Read, read.Duration);
        }
    }

    /// <summary>Reads until nothing is left to try.</summary>
    /// <param name="strategy">Says what to read.</param>
    /// <param name="done">Told after each read.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    public void Run(RescueStrategy strategy, Action done, CancellationToken cancellationToken)
    {
        AlignedBuffer buffer = new(layout.BatchLength);
        SparingReader sparing = new(source, foundUnreadable);
        try
        {
            while (strategy.Next() is { } range)
            {
                writer.CheckpointIfDue(strategy.Cursor);
                cancellationToken.ThrowIfCancellationRequested();
                Effort?.Enter(strategy.Cursor.Status);
                long start = time.GetTimestamp();
                ISectorReader reader = strategy.Cursor.Status == RescueStatus.Retrying ? source : sparing;
                SectorRead read = reader.Read(range, buffer.Span[..((int)range.Count * layout.SectorSize)]);
                TimedRead timed = new(range, read, time.GetElapsedTime(start));
                Keep(timed, buffer.Span);
                strategy.Note(range, read, timed.Duration);
                done();
            }
        }
        finally
        {
            Effort?.Leave();
            _passes.AddRange(strategy.Passes);
        }

        writer.Checkpoint(new(RescueStatus.Finished, 1, layout.SectorCount));
    }

    private void Keep(TimedRead read, Span<byte> memory)
    {
        SectorRange got = new(read.Range.Start, read.Read.Count);
        if (!got.IsEmpty)
        {
            ReadOnlySpan<byte> content = memory[..layout.ByteLength(got)];
            writer.Write(got, content);
            state.Digests.Note(got, content);
        }
    }
}
