// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>From the disc into the unfinished image: from front to back while nothing fails, then by rescue.</summary>
internal sealed partial class ImagingRun
{
    /// <summary>How often what the storage changed under our hands is read from the disc again.</summary>
    private const int MostRepairs = 2;

    private readonly SlowReads _slow = new();

    /// <summary>Sectors up to the end of the parity on the disc; 0 where it carries none, or that was not looked for.</summary>
    private long _protectedSectors;

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        foreach (SectorRange gap in _description.OffTrack)
        {
            // Nothing is there, and no drive can read it: it counts as tried before it is.
            _state.Map.Set(gap, SectorState.Bad);
        }

        using SafeFileHandle image = _files.OpenForWriting(_paths.ImagePart, _target.Continues);
        BatchPool pool = new(BatchesUnderWay, _layout.BatchLength);
        ImageWriter writer = new(_state, image, _paths.ImagePart, _layout, _time);

        // From now on there is a map, so that whatever happens can be resumed.
        writer.Checkpoint(_state.Cursor);
        try
        {
            LinearInterruption? interruption = null;
            if (_state.IsUndamaged)
            {
                interruption = await CopyFromFrontToBackAsync(writer, pool, cancellationToken);
            }

            if (_readings.Count == 0)
            {
                await RescueAsync(writer, interruption, cancellationToken);
                _disc.Check();
                await Task.Run(() => MendWithParity(image, writer, cancellationToken), CancellationToken.None);
                await HashImageAsync(writer, image, pool, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            TakeBackWhatMayBeOfAnotherDisc(e);
            SaveWhatCanBeSaved(writer);
            throw;
        }

        // A tail that an earlier run wrote past the end of the medium, or that another program made longer, goes.
        RandomAccess.SetLength(image, _layout.Length);
        writer.Checkpoint(new(RescueStatus.Finished, 1, _layout.SectorCount));
    }

    /// <returns>Where it ended; null where it came to the end of the medium.</returns>
    private async Task<LinearInterruption?> CopyFromFrontToBackAsync(ImageWriter writer, BatchPool pool, CancellationToken cancellationToken)
    {
        using UncachedFile? kept = _target.Continues ? _files.OpenUncached(_paths.ImagePart) : null;
        DiscReading reading = new(
            new SparingReader(_disc, _description.FoundUnreadable),
            _layout,
            new() { Known = new(_state.Map), Kept = kept, Digests = _state.EarlierDigests, Slow = _slow },
            pool,
            _time);
        long start = _time.GetTimestamp();
        Reading whole = await ReadAsync(
            new() { Subject = ReadingSubject.Disc, Stage = "copying" },
            reading,
            pool,
            writer,
            cancellationToken);
        NotePass(new()
        {
            Phase = RescueStatus.Copying,
            Number = 1,
            Reads = reading.Reads,
            FailedReads = 0,
            SectorsRead = reading.SectorsRead,
            Duration = _time.GetElapsedTime(start),
        });
        WarnOfSpoiltBytes(reading.SpoiltBytes);
        if (reading.Interruption is null)
        {
            _disc.Check();
            _readings.Add(whole with { BytesFromEarlierRun = reading.KeptBytes });
        }

        return reading.Interruption;
    }

    private async Task RescueAsync(ImageWriter writer, LinearInterruption? interruption, CancellationToken cancellationToken)
    {
        RescueCursor cursor = writer.Cursor;
        foreach (TimedRead read in interruption?.Reads ?? [])
        {
            // Among them may be what the storage has spoilt, and the map tells of as read.
            _state.Forget(read.Range);
            cursor = new(RescueStatus.Copying, 1, interruption!.Range.Start);
        }

        Rescuer rescuer = NewRescuer(writer);
        RescueStrategy strategy = new(_state.Map, Tuning(_request.Retries), cursor, _slow);
        if (interruption is not null)
        {
            rescuer.Take(strategy, interruption);
            interruption.Batch.HoldFor(1);
            interruption.Batch.Release();
        }

        await RunAsync(rescuer, strategy, cancellationToken);
    }

    private Rescuer NewRescuer(ImageWriter writer) =>
        new(_disc, _description.FoundUnreadable, _layout, _state, writer, _time) { Effort = _effort };

    /// <summary>What could not be read may be given back by the disc's own parity, if it carries some, and if that is wished.</summary>
    private void MendWithParity(SafeFileHandle image, ImageWriter writer, CancellationToken cancellationToken)
    {
        ParityMending mending = new(image, _paths.ImagePart, _layout, _state, writer);
        if (Unreadable == 0 || _layout.SectorSize != Capacity.SectorSize || mending.Find() is not { } parity)
        {
            return;
        }

        _protectedSectors = Math.Min(parity.TotalSectors, _layout.SectorCount);
        SectorRange[] missing = [.. RunOut.DamageOf(_state.Map, new(_protectedSectors, _layout.SectorCount - _protectedSectors), _description.OffTrack)];
        if (missing.Length == 0)
        {
            return;
        }

        long count = missing.Sum(range => range.Count);
        if (!_request.Repair && !_mayRepair(parity, count))
        {
            _warnings.Add(new(
                "carries-parity",
                $"the disc carries parity, {parity.Roots} sectors for every {255 - parity.Roots}, which may bring back what could not be read",
                $"go on with --resume --repair, or run 'spindle repair {_paths.Image} --map {_paths.Map} --to FILE'"));
            return;
        }

        mending.Mend(
            part => _progress.Report(new("restoring", (long)(part * _layout.Length), _layout.Length, WorkProgress.Bytes) { Trouble = TroubleOf(count) }),
            cancellationToken);
        writer.Checkpoint(new(RescueStatus.Finished, 1, _layout.SectorCount));
    }

    private RescueTuning Tuning(int retries) => RescueTuning.For(
        _layout,
        ProtectionSuspicion.CapRetries(_description.Disc.Protection is not null, _description.ProtectionMark, retries),
        _description.Disc.SectorsPerUnit) with
    {
        OffTrack = _description.OffTrack,
    };

    /// <summary>Sectors that were tried in vain.</summary>
    private long Unreadable => _state.Map.Total(SectorState.Bad) - _description.OffTrack.Sum(gap => gap.Count);

    private static WorkTrouble? TroubleOf(long unreadable) => WorkTrouble.Of(unreadable, "sectors unreadable");

    private async Task RunAsync(Rescuer rescuer, RescueStrategy strategy, CancellationToken cancellationToken)
    {
        long reported = 0;
        void Report()
        {
            long settled = _state.Map.Total(SectorState.Finished) + _state.Map.Total(SectorState.Bad);
            reported = Math.Max(reported, _layout.PositionOf(settled));
            (RescueStatus status, int pass) = (strategy.Cursor.Status, strategy.Cursor.Pass);
            _progress.Report(new(status.ToString().ToLowerInvariant(), reported, _layout.Length, WorkProgress.Bytes)
            {
                Item = status == RescueStatus.Copying ? null : string.Create(CultureInfo.InvariantCulture, $"pass {pass}"),
                Trouble = TroubleOf(Unreadable),
                IsOfDrive = true,
                IsSteady = status == RescueStatus.Copying,
            });
        }

        try
        {
            await Task.Factory.StartNew(
                () => rescuer.Run(strategy, Report, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            foreach (RescuePass pass in rescuer.Passes)
            {
                NotePass(pass);
            }
        }
    }

    /// <summary>
    /// Takes the hashes of what a rescue wrote, here and there, from the image. What is not what the disc gave, in this run or an
    /// earlier one, is read from the disc again.
    /// </summary>
    private async Task HashImageAsync(ImageWriter writer, SafeFileHandle file, BatchPool pool, CancellationToken cancellationToken)
    {
        TimeSpan copying = _time.GetElapsedTime(_start);
        long spoiltBytes = 0;
        for (int repairs = 0; ; repairs++)
        {
            writer.ClearUnread();
            RandomAccess.SetLength(file, _layout.Length);
            using UncachedFile image = _files.OpenUncached(_paths.ImagePart);
            ImageReading reading = new(image, _layout, pool);
            DigestKeeper keeper = new(_layout, _state.Digests);
            Reading whole = await ReadAsync(
                new() { Subject = ReadingSubject.Disc, Stage = "hashing", Unreadable = Unreadable },
                reading,
                pool,
                keeper,
                cancellationToken);
            if (keeper.Spoilt.Count == 0 || repairs == MostRepairs)
            {
                NoteDifferences(keeper.Spoilt);
                _readings.Add(whole with
                {
                    StartedAt = _startedAt,
                    Duration = copying,
                    IsHashedFromImage = true,
                    BytesFromEarlierRun = Math.Max(0, _state.BytesKnown - spoiltBytes),
                });
                break;
            }

            spoiltBytes += keeper.Spoilt.Sum(piece => _layout.ByteLength(piece));
            foreach (SectorRange piece in keeper.Spoilt)
            {
                _state.Digests.Forget(piece);
                ReadAgain(piece);
            }

            RescueStrategy strategy = new(_state.Map, Tuning(retries: 0), RescueCursor.Start, _slow);
            await RunAsync(NewRescuer(writer), strategy, cancellationToken);
        }

        WarnOfSpoiltBytes(spoiltBytes);
    }

    private void ReadAgain(SectorRange spoilt)
    {
        foreach (SectorRange read in _state.Map.RangesOf(SectorState.Finished).Select(range => range.Intersect(spoilt)).Where(range => !range.IsEmpty).ToArray())
        {
            _state.Forget(read);
        }
    }

    /// <summary>A pass that goes on in what was begun before counts as one.</summary>
    private void NotePass(RescuePass pass)
    {
        if (_passes.Count > 0 && _passes[^1] is var last && (last.Phase, last.Number) == (pass.Phase, pass.Number))
        {
            _passes[^1] = last with
            {
                Reads = last.Reads + pass.Reads,
                FailedReads = last.FailedReads + pass.FailedReads,
                SectorsRead = last.SectorsRead + pass.SectorsRead,
                Duration = last.Duration + pass.Duration,
            };
        }
        else
        {
            _passes.Add(pass);
        }
    }

    private void WarnOfSpoiltBytes(long bytes)
    {
        if (bytes > 0)
        {
            _warnings.Add(new(
                "part-changed",
                $"{Figures.Count(bytes, "byte", "bytes")} of the unfinished image no longer agreed with what had been read, and came from the disc again",
                "check the storage that the image is kept on"));
        }
    }

    private void SaveWhatCanBeSaved(ImageWriter writer)
    {
        try
        {
            writer.Checkpoint(writer.Cursor);
        }
        catch (OperationFailedException e)
        {
            // The map of the last checkpoint stays: it tells of less than was written, never of more.
            _warnings.Add(e.Failure);
        }
    }
}
