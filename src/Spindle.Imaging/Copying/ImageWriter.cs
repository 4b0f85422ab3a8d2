// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Files;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Writes what is read into the unfinished image, and owns the map of it.</summary>
internal sealed class ImageWriter(CopyState state, SafeFileHandle image, string path, MediumLayout layout, TimeProvider time) : IBatchConsumer
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    /// <summary>A checkpoint waits for the storage: at most this share of the time goes into it.</summary>
    private const double CheckpointShare = 1.0 / 30;

    private long _lastCheckpoint = time.GetTimestamp();
    private TimeSpan _interval = ShortestInterval;
    private long _position;

    public void Take(SectorBatch batch)
    {
        // Sectors that could not be read are written, too, as zeros: what an earlier program left there must not stay.
        int index = 0;
        while (index < batch.Fresh.Count)
        {
            SectorRange range = batch.Fresh[index].Range;
            for (index++; index < batch.Fresh.Count && batch.Fresh[index].Range.Start == range.End; index++)
            {
                range = SectorRange.Between(range.Start, batch.Fresh[index].Range.End);
            }

            Write(batch, range);
        }

        foreach (SectorRun run in batch.Fresh)
        {
            state.Map.Set(run.Range, run.State);
        }

        state.Digests.Set(batch.Range, batch.Content);
        _position = layout.PositionOf(batch.Range.End);
        if (time.GetElapsedTime(_lastCheckpoint) >= _interval)
        {
            Checkpoint(RescueStatus.Copying);
        }
    }

    /// <summary>Makes sure that all that was written so far survives whatever happens next.</summary>
    public void Checkpoint(RescueStatus status)
    {
        long start = time.GetTimestamp();
        TargetFailure.Told(path, () =>
        {
            RandomAccess.FlushToDisk(image);
            return true;
        });
        state.Save(status, _position);
        _lastCheckpoint = time.GetTimestamp();
        TimeSpan affordable = time.GetElapsedTime(start, _lastCheckpoint) / CheckpointShare;
        _interval = affordable < ShortestInterval ? ShortestInterval : affordable > LongestInterval ? LongestInterval : affordable;
    }

    private void Write(SectorBatch batch, SectorRange range)
    {
        int start = checked((int)(range.Start - batch.Range.Start)) * layout.SectorSize;
        try
        {
            RandomAccess.Write(image, batch.Content.Slice(start, layout.ByteLength(range)), layout.PositionOf(range.Start));
        }
        catch (IOException e)
        {
            throw TargetFailure.Of(path, e);
        }
    }
}
