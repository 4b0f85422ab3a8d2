// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Imaging.Files;
using Spindle.Imaging.Rescuing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>One imaging from its start to its end: the order of things.</summary>
internal sealed class ImagingRun
{
    private readonly ImagingState _state;
    private readonly ImagingPorts _ports;
    private readonly Target _target;
    private readonly MountedDisc _mounted;
    private readonly DriveEffort _effort;

    private readonly Resumption _resumption;
    private readonly DiscCopier _copier;
    private readonly CopyJudge _judge;
    private readonly SameDiscCheck _sameDisc;
    private readonly ImageVerifier _image;
    private readonly DiscVerifier _disc;
    private readonly ContentAnalyst _contents;
    private readonly ImageNamer _namer;
    private readonly RunRecorder _recorder;

    /// <param name="request">What is asked for.</param>
    /// <param name="source">What is imaged; it stays the caller's.</param>
    /// <param name="ports">What is worked with.</param>
    public ImagingRun(ImagingRequest request, IDiscSource source, ImagingPorts ports)
    {
        _ports = ports;
        (_state, ISectorReader disc) = ImagingStart.Of(request, source, ports);
        _target = new(ports.Files, _state.Paths, _state.Request);
        _mounted = new(_state, source);
        _effort = new(source.TryTune, _state.Source.Disc.Family);

        // The disc as it is copied: the drive is asked, while it is read, whether it still is the same.
        WatchedReader watched = new(disc, source.CheckMedium, ports.Time);
        _resumption = new(_state, ports, disc);
        _copier = new(_state, ports, watched, _effort);
        _judge = new(_state);
        _sameDisc = new(_state, ports, watched);
        _image = new(_state, ports);
        _disc = new(_state, ports, source);
        _contents = new(_state);
        _namer = new(_state, ports.Files);
        _recorder = new(_state, ports);
    }

    public async Task<ImagingResult> RunAsync(CancellationToken cancellationToken)
    {
        using IDisposable? held = _ports.Files.Lock(_state.Paths.Folder);
        _target.Check(_state.Layout.Length);
        if (_state.Request.DryRun)
        {
            _target.TryToWrite();
            return Result(ImagingOutcome.DryRun, imagePath: null);
        }

        if (_target.Continues)
        {
            await _resumption.RunAsync(cancellationToken);
        }

        _mounted.Unmount();
        try
        {
            return await MakeAsync(isHeld: held is not null, cancellationToken);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            _mounted.MountAgain();
            throw _mounted.Tell(e);
        }
    }

    private async Task<ImagingResult> MakeAsync(bool isHeld, CancellationToken cancellationToken)
    {
        _ports.Files.CreateDirectory(_state.Paths.Folder);
        using IDisposable? heldNow = !isHeld ? _ports.Files.Lock(_state.Paths.Folder) : null;
        if (heldNow is not null)
        {
            // Another process may have been quicker, and done, before the folder was ours.
            _target.Check(_state.Layout.Length);
        }

        _target.Prepare();
        try
        {
            LimitSpeed();
            await ReadAndJudgeAsync(cancellationToken);
        }
        catch (Exception e) when (e is OperationFailedException or OperationCanceledException)
        {
            _mounted.MountAgain();
            RecordInterruption(e);
            throw;
        }

        NamedImage image = _namer.Run(_target.ReplacesImage);
        _mounted.Eject();
        _mounted.MountAgain();
        return _recorder.Write(Result(image.Outcome, image.Path), asFailedAttempt: image.KeepsOldImage);
    }

    private async Task ReadAndJudgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            long protectedSectors = await _copier.RunAsync(_target.Continues, cancellationToken);
            _judge.Run(protectedSectors);
            await _sameDisc.RunAsync(cancellationToken);
            if (_state.Request.Verify != VerifyMode.None)
            {
                await _image.RunAsync(cancellationToken);
            }

            if (_state.Request.Verify == VerifyMode.Disc)
            {
                await _disc.RunAsync(cancellationToken);
            }
        }
        finally
        {
            // Before anything is written down, and before the disc leaves the drive.
            _effort.PutBack();
        }

        await _contents.RunAsync(cancellationToken);
    }

    private void LimitSpeed()
    {
        if (_state.Request.Speed is { } factor && !_effort.TryLimitSpeed(factor))
        {
            _state.Warnings.Add(new(
                "speed-not-set",
                $"{_state.Source.Path} does not let its speed be set: it reads as fast as it likes",
                "it may be no drive, or not know the command, or this user may not write to it: join the group that owns it"));
        }
    }

    private void RecordInterruption(Exception cause)
    {
        _state.Concerns.Add(cause is OperationFailedException failed
            ? failed.Failure
            : new("cancelled", "the operator stopped it", "go on with --resume"));
        try
        {
            _recorder.Write(Result(ImagingOutcome.Interrupted, _state.Paths.ImagePart), asFailedAttempt: _target.ReplacesImage);
        }
        catch (OperationFailedException)
        {
            // No room for the record of having no room: the message on the terminal says the same.
        }
    }

    private ImagingResult Result(ImagingOutcome outcome, string? imagePath) =>
        _mounted.Tell(_state.ToResult(outcome, imagePath)) with { DriveSettings = _effort.Settings };
}
