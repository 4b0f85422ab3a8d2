// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity;

namespace Spindle.Imaging.Running;

/// <summary>One imaging from its start to its end: the order of things, and what is to be remembered of them.</summary>
internal sealed partial class ImagingRun : IDisposable
{
    /// <summary>Batches under way: enough that neither the drive nor a hash waits for the other, 24 MiB in all.</summary>
    private const int BatchesUnderWay = 24;

    private readonly ImagingRequest _request;
    private readonly IDiscSource _source;
    private readonly ISectorReader _reader;
    private SourceDescription _description;
    private readonly IImageFiles _files;
    private readonly TimeProvider _time;
    private readonly IProgress<WorkProgress> _progress;
    private readonly OutputPaths _paths;
    private readonly MediumLayout _layout;
    private readonly Target _target;
    private readonly CopyState _state;
    private readonly DateTimeOffset _startedAt;
    private readonly long _start;
    private readonly Guid _id = Guid.NewGuid();
    private readonly DriveEffort _effort;

    private readonly List<Reading> _readings = [];
    private readonly List<RescuePass> _passes = [];
    private readonly List<Failure> _concerns = [];
    private readonly List<Failure> _warnings = [];
    private readonly List<SectorRange> _differences = [];
    private bool? _ejected;
    private readonly Func<ParityLayout, long, bool> _mayRepair;

    public ImagingRun(
        ImagingRequest request,
        IDiscSource source,
        (IImageFiles Files, TimeProvider Time, Func<ParityLayout, long, bool> MayRepair) ports,
        IProgress<WorkProgress> progress)
    {
        IImageFiles files = ports.Files;
        _mayRepair = ports.MayRepair;
        _source = source;

        // Looked at now: at the end the drive may be gone.
        _description = source.Description;
        _request = request with
        {
            Name = request.Name ?? FreeName(request, files),
            Hashes = request.Bag ? [.. request.Hashes.Union([HashKind.Sha256])] : request.Hashes,
        };
        _files = files;
        _time = ports.Time;
        _progress = progress;
        _paths = new(request.Directory, _request.Name, request.MapPath, request.Bag);
        _reader = AsLongAsBefore(source.Reader);
        _description = _description with { Length = _reader.Length };
        _layout = MediumLayout.Of(_reader);
        _disc = new(_reader, source.CheckMedium, ports.Time);
        _target = new(files, _paths, _request);
        _startedAt = ports.Time.GetLocalNow();
        _start = ports.Time.GetTimestamp();
        _effort = new(source.TryTune, _description.Disc.Family);
        _warnings.AddRange(_description.Disc.Notes);
        _state = new(files, _paths, _layout) { Heading = MapHeading.For(request, _startedAt), ThisRun = ThisRun };
    }

    public async Task<ImagingResult> RunAsync(CancellationToken cancellationToken)
    {
        using IDisposable? held = _files.Lock(_paths.Folder);
        _target.Check(_layout.Length);
        if (_request.DryRun)
        {
            _target.TryToWrite();
            return Result(ImagingOutcome.DryRun, imagePath: null);
        }

        if (_target.Continues)
        {
            RefuseIfComplete();
            _state.Load();
            await Task.Run(RefuseOtherDisc, cancellationToken);
        }

        _unmounted = _source.Unmount();
        try
        {
            return await MakeAsync(isHeld: held is not null, cancellationToken);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            MountAgain();
            throw TellOfMounts(e);
        }
    }

    private async Task<ImagingResult> MakeAsync(bool isHeld, CancellationToken cancellationToken)
    {
        _files.CreateDirectory(_paths.Folder);
        using IDisposable? heldNow = !isHeld ? _files.Lock(_paths.Folder) : null;
        if (heldNow is not null)
        {
            // Another process may have been quicker, and done, before the folder was ours.
            _target.Check(_layout.Length);
        }

        _target.Prepare();
        try
        {
            LimitSpeed();
            await ReadAndJudgeAsync(cancellationToken);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            MountAgain();
            RecordInterruption(e);
            throw;
        }

        return Finish();
    }

    /// <summary>Many discs have the same name, or none: one that is taken by a finished image gets a number.</summary>
    private string FreeName(ImagingRequest request, IImageFiles files)
    {
        string name = _description.DefaultName;
        IEnumerable<string> numbered = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? name : FormattableString.Invariant($"{name}-{number}"));
        bool Has(string candidate, Func<OutputPaths, string> file) => files.Exists(file(new(request.Directory, candidate, request.MapPath, request.Bag)));
        if (request.Resume)
        {
            // The one that was left unfinished, where there is one.
            return numbered.TakeWhile(candidate => Has(candidate, paths => paths.Image) || Has(candidate, paths => paths.ImagePart))
                .FirstOrDefault(candidate => Has(candidate, paths => paths.ImagePart)) ?? name;
        }

        return request.Overwrite ? name : numbered.First(candidate => !Has(candidate, paths => paths.Image));
    }

    /// <summary>The source stays the caller's.</summary>
    public void Dispose() => _disc.Dispose();

    private async Task ReadAndJudgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CopyAsync(cancellationToken);
            JudgeCopy();
            await Task.Run(CheckThatDiscIsTheSame, cancellationToken);
            if (_request.Verify != VerifyMode.None)
            {
                await VerifyImageAsync(cancellationToken);
            }

            if (_request.Verify == VerifyMode.Disc)
            {
                await VerifyDiscAsync(cancellationToken);
            }
        }
        finally
        {
            // Before anything is written down, and before the disc leaves the drive.
            _effort.PutBack();
        }

        await Task.Run(Analyse, cancellationToken);
    }

    private void LimitSpeed()
    {
        if (_request.Speed is { } factor && !_effort.TryLimitSpeed(factor))
        {
            _warnings.Add(new(
                "speed-not-set",
                $"{_description.Path} does not let its speed be set: it reads as fast as it likes",
                "it may be no drive, or not know the command, or this user may not write to it: join the group that owns it"));
        }
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

    /// <summary>Runs one reading.</summary>
    /// <returns>What it gave.</returns>
    private async Task<Reading> ReadAsync(
        ReadingPlan plan,
        IBatchProducer producer,
        BatchPool pool,
        IBatchConsumer consumer,
        CancellationToken cancellationToken)
    {
        List<BatchHasher> hashers = [.. _request.Hashes.Select(kind => new BatchHasher(kind))];
        DateTimeOffset startedAt = _time.GetLocalNow();
        long start = _time.GetTimestamp();
        try
        {
            await BatchPipeline.RunAsync(
                producer,
                [consumer, .. hashers],
                pool,
                done => _progress.Report(new(plan.Stage, done, _layout.Length, WorkProgress.Bytes)
                {
                    Trouble = TroubleOf(plan.Unreadable),
                    IsOfDrive = plan.Stage is "copying" or "verifying-disc",
                }),
                cancellationToken);
            return new()
            {
                Subject = plan.Subject,
                StartedAt = startedAt,
                Duration = _time.GetElapsedTime(start),
                Bytes = _layout.Length,
                Bypass = plan.Bypass,
                Hashes = hashers.ToDictionary(hasher => hasher.Kind, hasher => hasher.Finish()),
            };
        }
        finally
        {
            hashers.ForEach(hasher => hasher.Dispose());
        }
    }

    private sealed record ReadingPlan
    {
        public required ReadingSubject Subject { get; init; }

        public required string Stage { get; init; }

        public CacheBypass? Bypass { get; init; }

        /// <summary>Sectors that could not be read.</summary>
        public long Unreadable { get; init; }
    }
}
