// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Drives;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging;

/// <summary>One imaging from its start to its end: the order of things, and what is to be remembered of them.</summary>
internal sealed partial class ImagingRun
{
    /// <summary>Batches under way: enough that neither the drive nor a hash waits for the other, 24 MiB in all.</summary>
    private const int BatchesUnderWay = 24;

    private readonly ImagingRequest _request;
    private readonly IDiscSource _source;
    private readonly SourceDescription _description;
    private readonly IImageFiles _files;
    private readonly TimeProvider _time;
    private readonly IProgress<ImagingProgress> _progress;
    private readonly OutputPaths _paths;
    private readonly MediumLayout _layout;
    private readonly Target _target;
    private readonly CopyState _state;
    private readonly DateTimeOffset _startedAt;

    private readonly List<Reading> _readings = [];
    private readonly List<Failure> _concerns = [];
    private readonly List<Failure> _warnings = [];
    private readonly List<SectorRange> _differences = [];
    private IReadOnlyList<DeviceMount> _unmounted = [];
    private bool? _ejected;

    public ImagingRun(
        ImagingRequest request, IDiscSource source, IImageFiles files, TimeProvider time, IProgress<ImagingProgress> progress)
    {
        _source = source;

        // Looked at now: at the end the drive may be gone.
        _description = source.Description;
        _request = request with
        {
            Name = request.Name ?? _description.DefaultName,
            Hashes = request.Bag ? [.. request.Hashes.Union([HashKind.Sha256])] : request.Hashes,
        };
        _files = files;
        _time = time;
        _progress = progress;
        _paths = new(request.Directory, _request.Name, request.MapPath, request.Bag);
        _layout = MediumLayout.Of(source.Reader);
        _target = new(files, _paths, _request);
        _startedAt = time.GetLocalNow();
        _state = new(files, _paths, _layout) { Heading = MapHeading.For(request, _startedAt) };
    }

    public async Task<ImagingResult> RunAsync(CancellationToken cancellationToken)
    {
        _target.Check(_layout.Length);
        if (_request.DryRun)
        {
            return Result(ImagingOutcome.DryRun, imagePath: null);
        }

        if (_target.Continues)
        {
            RefuseIfComplete();
        }

        _unmounted = _source.Unmount();
        _target.Prepare();
        try
        {
            await CopyAsync(cancellationToken);
            JudgeCopy();
            if (_request.Verify != VerifyMode.None)
            {
                await VerifyImageAsync(cancellationToken);
            }

            if (_request.Verify == VerifyMode.Disc)
            {
                await VerifyDiscAsync(cancellationToken);
            }

            await Task.Run(Analyse, cancellationToken);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            RecordInterruption(e);
            throw;
        }

        return Finish();
    }

    private void RefuseIfComplete()
    {
        bool isFinal = !_files.Exists(_paths.ImagePart) && _files.Exists(_paths.Manifest);
        if (isFinal && _files.TryRead(_paths.Map) is { } bytes
            && RescueMapFile.Parse(new StringReader(System.Text.Encoding.UTF8.GetString(bytes)))
                .ToSectorMap(_layout.SectorSize, _layout.Length).IsFinished)
        {
            throw new OperationFailedException(new(
                "already-complete", $"{_paths.Image} holds every sector already", "make it anew with --overwrite, if that is what you want"));
        }
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        if (_target.Continues)
        {
            _state.Load();
            RefuseOtherDisc();
        }

        using UncachedFile? kept = _target.Continues ? _files.OpenUncached(_paths.ImagePart) : null;
        using SafeFileHandle image = _files.OpenForWriting(_paths.ImagePart, _target.Continues);
        BatchPool pool = new(BatchesUnderWay, _layout.BatchLength);
        ImageWriter writer = new(_state, image, _paths.ImagePart, _layout, _time);

        // From now on there is a map, so that whatever happens can be resumed.
        writer.Checkpoint(RescueStatus.Copying);
        DiscReading reading = new(
            _source.Reader,
            _layout,
            new() { Known = new(_state.Map), Kept = kept, Digests = _state.EarlierDigests, Retries = _request.Retries },
            pool);
        try
        {
            await ReadAsync(
                new() { Subject = ReadingSubject.Disc, Stage = ImagingStage.Copying },
                (send, reached, failed) => reading.Run(send, reached, cancellationToken, failed),
                pool,
                writer,
                () => reading.Unreadable);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            SaveWhatCanBeSaved(writer);
            throw;
        }

        _readings[^1] = _readings[^1] with { BytesFromEarlierRun = reading.KeptBytes };
        if (reading.SpoiltBytes > 0)
        {
            _warnings.Add(new(
                "part-changed",
                $"{reading.SpoiltBytes} bytes of the unfinished image were no longer what had been read, and were read again",
                "check the storage that the image is kept on"));
        }

        // A tail that an earlier run wrote past the end of the medium, or that another program made longer, goes.
        RandomAccess.SetLength(image, _layout.Length);
        writer.Checkpoint(RescueStatus.Finished);
    }

    /// <summary>Runs one reading and notes what it gave.</summary>
    private async Task ReadAsync(
        ReadingPlan plan,
        Action<Action<SectorBatch>, Action<long>, CancellationToken> run,
        BatchPool pool,
        IBatchConsumer consumer,
        Func<long> unreadable)
    {
        List<BatchHasher> hashers = [.. _request.Hashes.Select(kind => new BatchHasher(kind))];
        DateTimeOffset startedAt = _time.GetLocalNow();
        long start = _time.GetTimestamp();
        try
        {
            await BatchPipeline.RunAsync(
                (send, failed) => run(
                    send,
                    done => _progress.Report(new(plan.Stage, done, _layout.Length, unreadable(), _time.GetElapsedTime(start))),
                    failed),
                [consumer, .. hashers],
                pool);
            _readings.Add(new()
            {
                Subject = plan.Subject,
                StartedAt = startedAt,
                Duration = _time.GetElapsedTime(start),
                Bytes = _layout.Length,
                Bypass = plan.Bypass,
                Hashes = hashers.ToDictionary(hasher => hasher.Kind, hasher => hasher.Finish()),
            });
        }
        finally
        {
            hashers.ForEach(hasher => hasher.Dispose());
        }
    }

    /// <summary>The first sectors hold the volume's name and dates: where they differ, the disc is another one.</summary>
    private void RefuseOtherDisc()
    {
        int sectors = (int)Math.Min(_layout.SectorsPerPiece, _layout.SectorCount);
        AlignedBuffer expected = new(_layout.BatchLength);
        AlignedBuffer found = new(_layout.BatchLength);
        using UncachedFile part = _files.OpenUncached(_paths.ImagePart);
        int available = part.Read(0, expected.Span);
        SectorRead read = _source.Reader.Read(new(0, sectors), found.Span);
        for (int sector = 0; sector < read.Count && (sector + 1) * _layout.SectorSize <= available; sector++)
        {
            Range bytes = (sector * _layout.SectorSize)..((sector + 1) * _layout.SectorSize);
            if (_state.Map[sector] == SectorState.Finished && !expected.Span[bytes].SequenceEqual(found.Span[bytes]))
            {
                throw new OperationFailedException(new(
                    "different-disc",
                    $"sector {sector} of {_description.Path} is not what {_paths.ImagePart} holds: this is another disc",
                    "insert the disc that the unfinished image is of, or choose another --filename"));
            }
        }
    }

    private void SaveWhatCanBeSaved(ImageWriter writer)
    {
        try
        {
            writer.Checkpoint(RescueStatus.Copying);
        }
        catch (OperationFailedException e)
        {
            // The map of the last checkpoint stays: it tells of less than was written, never of more.
            _warnings.Add(e.Failure);
        }
    }

    private sealed record ReadingPlan
    {
        public required ReadingSubject Subject { get; init; }

        public required ImagingStage Stage { get; init; }

        public CacheBypass? Bypass { get; init; }
    }
}
