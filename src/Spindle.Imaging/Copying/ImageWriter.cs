// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Writes what is read into the unfinished image, and saves its map.</summary>
internal sealed class ImageWriter(CopyState state, SafeFileHandle image, string path, MediumLayout layout, TimeProvider time) : IBatchConsumer
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    /// <summary>At most this share of the time storage is busy with checkpoints.</summary>
    private const double CheckpointShare = 1.0 / 30;

    private long _lastCheckpoint = time.GetTimestamp();
    private TimeSpan _interval = ShortestInterval;
    private Task? _saving;

    /// <summary>Where the rescue is: what the next checkpoint says.</summary>
    public RescueCursor Cursor { get; private set; } = state.Cursor;

    public void Take(SectorBatch batch)
    {
        foreach (SectorRange range in batch.Fresh)
        {
            Write(range, batch.Content.Slice(checked((int)(range.Start - batch.Range.Start)) * layout.SectorSize, layout.ByteLength(range)));
            state.NoteRead(range);
        }

        state.Digests.Set(batch.Range, batch.Content);
        CheckpointIfDue(new(RescueStatus.Copying, 1, batch.Range.End));
    }

    /// <summary>Writes sectors that were read. The map must tell of them after this only.</summary>
    public void Write(SectorRange range, ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(image, content, layout.PositionOf(range.Start));
        }
        catch (IOException e)
        {
            throw TargetFailure.Of(path, e);
        }
    }

    /// <summary>Writes zeros where nothing was read: what an earlier program left there must not stay.</summary>
    public void ClearUnread()
    {
        byte[] zeros = new byte[layout.BatchLength];
        foreach (SectorRun run in state.Map.Runs.Where(run => run.State != SectorState.Finished))
        {
            // What lies behind the end of the file becomes zeros without being written.
            long end = Math.Min(layout.PositionOf(run.Range.End), RandomAccess.GetLength(image));
            for (long position = layout.PositionOf(run.Range.Start); position < end; position += zeros.Length)
            {
                long start = position;
                TargetFailure.Told(path, () =>
                {
                    RandomAccess.Write(image, zeros.AsSpan(0, (int)Math.Min(zeros.Length, end - start)), start);
                    return true;
                });
            }
        }
    }

    /// <summary>Notes where the rescue is, and saves from time to time, beside the reading: storage that is slow keeps no drive waiting.</summary>
    public void CheckpointIfDue(RescueCursor cursor)
    {
        Cursor = cursor;
        if (_saving is { IsCompleted: true } saved)
        {
            _saving = null;
            saved.GetAwaiter().GetResult();
        }

        if (_saving is null && time.GetElapsedTime(_lastCheckpoint) >= _interval)
        {
            CopySnapshot snapshot = state.Snapshot(cursor);
            _saving = Task.Factory.StartNew(() => Save(snapshot), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Makes sure that all that was written so far survives whatever happens next.</summary>
    public void Checkpoint(RescueCursor cursor)
    {
        Cursor = cursor;

        // What stops the one under way stops this one, too, and is then told of.
        _saving?.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
        _saving = null;
        Save(state.Snapshot(cursor));
    }

    private void Save(CopySnapshot snapshot)
    {
        long start = time.GetTimestamp();
        TargetFailure.Told(path, () =>
        {
            RandomAccess.FlushToDisk(image);
            return true;
        });
        state.Save(snapshot);
        _lastCheckpoint = time.GetTimestamp();
        TimeSpan affordable = time.GetElapsedTime(start, _lastCheckpoint) / CheckpointShare;
        _interval = affordable < ShortestInterval ? ShortestInterval : affordable > LongestInterval ? LongestInterval : affordable;
    }
}
