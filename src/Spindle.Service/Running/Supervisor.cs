// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Running;

/// <summary>Runs the jobs of a station: claims what can be done, starts a process for each, looks after them, and says what came of it.</summary>
/// <remarks>
/// There is one for a folder. Processes outlive it: the next one takes them up again. What is in the way of the register, or of its folder, is told
/// and waited for. <see cref="Watch"/> is of any thread.
/// </remarks>
public sealed partial class Supervisor : IDisposable
{
    /// <summary>The name of the only station of a register that is a file.</summary>
    public const string ThisStation = "local";

    private const string LockName = "service.lock";
    private const int LockAttempts = 20; // whoever asks whether it is taken has it for a moment
    private const int Page = 500;
    private const string Yes = "yes";

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    private readonly IRegister _register;
    private readonly SupervisorOptions _options;
    private readonly FileLock _lock;
    private readonly StationSession _station;
    private readonly List<RunningJob> _running = [];
    private readonly ConcurrentDictionary<Guid, JobLive> _live = [];
    private Guid _token = Guid.NewGuid();
    private long _lastEvent;
    private long? _lastBeat;
    private long? _lastProgress;
    private long? _lastForgetting;
    private bool _mayClaim = true;
    private bool _hasAnswers;
    private volatile bool _isLeaving;

    private Supervisor(IRegister register, SupervisorOptions options, FileLock taken)
    {
        (_register, _options, _lock) = (register, options, taken);
        _station = new(options.Station, Guid.NewGuid());
        Watch = new(options.Station, IsServing: true, () => _live.ToImmutableDictionary());
    }

    /// <summary>What is seen of running jobs.</summary>
    public JobWatch Watch { get; }

    /// <summary>What keeps jobs from being run; null where nothing does.</summary>
    public Failure? Trouble { get; private set; }

    /// <summary>Takes the jobs of a folder into its care; <see cref="RunAsync"/> begins.</summary>
    /// <exception cref="OperationFailedException"><c>already-serving</c>; <c>cannot-serve</c>.</exception>
    public static async Task<Supervisor> OpenAsync(IRegister register, SupervisorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            for (int attempt = 1; ; attempt++)
            {
                if (FileLock.TryTake(Path.Combine(options.Folder, LockName)) is { } taken)
                {
                    return new(register, options, taken);
                }

                if (attempt == LockAttempts)
                {
                    throw Failures.AlreadyServed(options.Folder);
                }

                await Task.Delay(BetweenAttempts, options.Time, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.CannotServe(options.Folder, e);
        }
    }

    /// <summary>Whether a program runs the jobs of a folder.</summary>
    public static bool IsServing(string folder) => FileLock.IsTaken(Path.Combine(folder, LockName));

    /// <summary>Runs jobs until it is stopped; what runs then goes on.</summary>
    /// <exception cref="OperationFailedException"><c>station-taken</c>: another program has this station now, and what runs is left to it. Or the register can't be used any more.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Task.Yield(); // a register that is a file works on the caller's thread
        TimeSpan pause = _options.FirstPause;
        bool hasEntered = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (!hasEntered)
                {
                    await EnterAsync(cancellationToken);
                    hasEntered = true;
                }

                await StepAsync(cancellationToken);
                if (Trouble is not { Code: "no-room-for-jobs" })
                {
                    Note(null);
                }

                pause = _options.FirstPause;
                await WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (OperationFailedException e) when (e.Failure.Code is "register-busy" or "register-failed" or "register-read-only" or "no-space")
            {
                // It is told and waited for: what runs is not touched by it.
                Note(e.Failure);
                await PauseAsync(pause, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Begins no further job, and stops those that run: in order, and at once where that does not help. <see cref="RunAsync"/> must go on meanwhile.</summary>
    /// <returns>When none runs any more, or one can't be ended: it is stuck in a drive, and is found again by the next one.</returns>
    public async Task StopAllAsync()
    {
        _isLeaving = true;
        foreach (StopRequest how in new[] { StopRequest.Soft, StopRequest.Hard })
        {
            for (long began = _options.Time.GetTimestamp(); _options.Time.GetElapsedTime(began) < _options.ToStop;)
            {
                Job[] left = [.. (await _register.ListAsync(new() { States = [JobState.Running, JobState.Stopping] }, null, Page, CancellationToken.None)).Where(job => job.Holder == _options.Station)];
                foreach (Job job in left.Where(job => job.Stop < how))
                {
                    await _register.AskToStopAsync(job.Order.Id, how, _options.Station, CancellationToken.None);
                }

                if (left.Length == 0)
                {
                    return;
                }

                await Task.Delay(BetweenAttempts, _options.Time, CancellationToken.None);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RunningJob job in _running)
        {
            job.Dispose();
        }

        _lock.Dispose();
    }

    private async Task StepAsync(CancellationToken cancellationToken)
    {
        bool hasEnded = Look();
        bool isProgressDue = IsDue(_lastProgress, _options.BetweenProgress);
        if (IsDue(_lastBeat, _running.Count > 0 ? _options.BetweenBeats : _options.BetweenIdleBeats))
        {
            await BeatAsync(isProgressDue, cancellationToken);
        }

        await AskAsync(cancellationToken);
        if (hasEnded)
        {
            await EndAsync(cancellationToken);
        }

        if (_mayClaim || Trouble is not null)
        {
            await ClaimAsync(cancellationToken);
            _mayClaim = false;
        }

        if (IsDue(_lastForgetting, BetweenForgetting))
        {
            await ForgetAsync(cancellationToken);
            _lastForgetting = _options.Time.GetTimestamp();
        }
    }

    /// <returns>Whether one has ended.</returns>
    private bool Look()
    {
        foreach (RunningJob job in _running)
        {
            job.Look();
            _live[job.Job.Order.Id] = job.Live;
        }

        return _running.Any(job => job.End is not null);
    }

    private async Task BeatAsync(bool withProgress, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, StopRequest> mine = await _register.BeatAsync(_station, [.. _running.Where(job => !job.IsGivenUp).Select(job => job.Beat(withProgress))], cancellationToken);
        _lastBeat = _options.Time.GetTimestamp();
        _lastProgress = withProgress ? _lastBeat : _lastProgress;
        foreach (RunningJob job in _running.Where(job => job.End is null))
        {
            if (mine.TryGetValue(job.Claim.Token, out StopRequest stop))
            {
                await PassOnAsync(job, stop, cancellationToken);
            }
            else
            {
                job.GiveUp();
            }
        }

        await _register.ReapAsync(cancellationToken);
    }

    private async Task PassOnAsync(RunningJob job, StopRequest stop, CancellationToken cancellationToken)
    {
        if (stop > job.Stop)
        {
            job.Renew(await _register.JobAsync(job.Job.Order.Id, cancellationToken) ?? job.Job);
        }

        job.Ask(stop);
        if (!job.IsStarted && job.Process is { } process)
        {
            job.IsStarted = await _register.StartedAsync(job.Claim, new(process.Id, process.Started), cancellationToken);
        }
    }

    /// <summary>Passes on what jobs ask, and what is answered.</summary>
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        bool hasAnswers = _hasAnswers;
        _hasAnswers = false;
        foreach (RunningJob job in _running.Where(job => job.End is null))
        {
            if (job.Folder.Asked() is not { } question)
            {
                continue;
            }

            bool isNew = job.Asked != question.Id;
            if (isNew && await _register.AskAsync(question.Id, job.Claim, question.Code, question.Text, cancellationToken))
            {
                job.Asked = question.Id;
            }

            if ((isNew || hasAnswers) && await _register.QuestionAsync(question.Id, cancellationToken) is { Answer: { } answer })
            {
                try
                {
                    job.Folder.Reply(new(question.Id, answer == Yes));
                }
                catch (OperationFailedException)
                {
                    _hasAnswers = true; // there is no room now: once more
                }
            }
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (RunningJob job in _running.Where(job => job.End is not null).ToList())
        {
            Reported reported = await _register.EndAsync(job.Claim, job.End!, cancellationToken);
            _running.Remove(job);
            _live.TryRemove(job.Job.Order.Id, out _);
            job.Dispose();
            _mayClaim = true;

            // Once: what crashes twice crashes for ever.
            if (reported == Reported.Current && job.End!.Outcome == JobOutcome.Crashed && job.Stop == StopRequest.None && job.Job.RetryOf is null)
            {
                await _register.RetryAsync(job.Job.Order.Id, Guid.CreateVersion7(), _options.Station, cancellationToken);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        foreach (Guid job in await _register.ForgetAsync(_options.Remembered, _options.MostRemembered, cancellationToken))
        {
            try
            {
                Directory.Delete(JobFolder.OfJob(_options.Folder, job), recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is not there any more, or nobody misses the room.
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan time = _running.Count > 0 ? _options.BetweenLooks : Trouble is null ? _options.BetweenIdleBeats : _options.BetweenProgress;
        await _register.WaitAsync(_lastEvent, time, cancellationToken);
        while (await _register.EventsAsync(_lastEvent, Page, cancellationToken) is { Count: > 0 } events)
        {
            _lastEvent = events[^1].Id;
            _mayClaim = true;
            _hasAnswers |= events.Any(one => one.Kind == RegisterEventKind.Answered);
            _lastBeat = events.Any(one => one.Kind is RegisterEventKind.Stopping or RegisterEventKind.Lost or RegisterEventKind.StationEntered) ? null : _lastBeat; // what was asked is passed on now
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, _options.Time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private bool IsDue(long? last, TimeSpan after) => last is not { } then || _options.Time.GetElapsedTime(then) >= after;

    private void Note(Failure? trouble)
    {
        if (trouble != Trouble)
        {
            Trouble = trouble;
            _options.Tell(trouble);
        }
    }
}
