// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Streaming;

/// <summary>Reads the register for all who watch: once for all of them, and not at all while there is nobody.</summary>
/// <param name="register">What is watched.</param>
/// <param name="watch">What is seen of jobs that run.</param>
/// <param name="form">In which words it is told.</param>
/// <param name="drives">Sees what changes in drives.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Is told why it had to begin anew.</param>
internal sealed class EventFeed(IRegister register, JobWatch watch, IEventForm form, DriveNews drives, TimeProvider time, Action<string> log) : IAsyncDisposable
{
    /// <summary>Who can watch at a time.</summary>
    public const int MostWatchers = 200;

    /// <summary>How many changes are told to who comes back.</summary>
    public const int LongestReplay = 500;

    private const int EventsAtOnce = 200;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Watcher> _watchers = [];
    private readonly CancellationTokenSource _over = new();
    private readonly SemaphoreSlim _entry = new(1);
    private Task _reading = Task.CompletedTask;
    private CancellationTokenSource? _alone; // is cancelled when the last watcher has gone
    private long _last;

    /// <summary>How many watch.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>Begins to watch.</summary>
    /// <returns>Null where too many do.</returns>
    public async Task<Watcher?> EnterAsync(CancellationToken cancellationToken)
    {
        await _entry.WaitAsync(cancellationToken); // where the first one begins is asked for once
        try
        {
            if (Count == 0)
            {
                await _reading.WaitAsync(cancellationToken);
                _last = await register.LastEventAsync(cancellationToken);
            }

            lock (_lock)
            {
                if (_watchers.Count >= MostWatchers)
                {
                    return null;
                }

                Watcher watcher = new(_last);
                _watchers.Add(watcher);
                if (_watchers.Count == 1 && !_over.IsCancellationRequested)
                {
                    _alone?.Dispose();
                    _alone = CancellationTokenSource.CreateLinkedTokenSource(_over.Token);
                    CancellationToken ended = _alone.Token;
                    _reading = Task.Run(() => ReadAsync(ended), CancellationToken.None);
                }

                return watcher;
            }
        }
        finally
        {
            _entry.Release();
        }
    }

    /// <summary>Ends to watch.</summary>
    public void Leave(Watcher watcher)
    {
        lock (_lock)
        {
            if (_watchers.Remove(watcher) && _watchers.Count == 0)
            {
                _ = _alone?.CancelAsync();
            }
        }
    }

    /// <summary>What came between two events.</summary>
    /// <param name="after">The last one that was seen.</param>
    /// <param name="upTo">The last one that is wanted.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null where that is too much, or what was seen is not of this register.</returns>
    public async Task<byte[]?> BetweenAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        if (after > upTo)
        {
            return null;
        }

        IReadOnlyList<RegisterEvent> events = await register.EventsAsync(after, LongestReplay + 1, cancellationToken);
        events = [.. events.Where(one => one.Id <= upTo)];
        return events.Count > LongestReplay ? null : await new RunningJobs(register, watch, form).TextAsync(events, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading;
        _entry.Dispose();
        _over.Dispose();
        _alone?.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        RunningJobs running = new(register, watch, form);
        long pinged = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await register.WaitAsync(Volatile.Read(ref _last), Tick, cancellationToken);
                await TellChangesAsync(running, cancellationToken);
                Tell(await running.ProgressAsync(Volatile.Read(ref _last), time.GetTimestamp(), cancellationToken), isProgress: true);
                Tell(await drives.TextAsync(Volatile.Read(ref _last)), isProgress: false);
                if (time.GetElapsedTime(pinged) >= BetweenPings)
                {
                    pinged = time.GetTimestamp();
                    Tell(EventText.Ping, isProgress: false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The register may be busy, or its disk full: who watches waits, too, and is not forgotten.
                log(e is OperationFailedException { Failure: var failure } ? $"spindle: {failure.What}  [{failure.Code}]" : e.ToString());
                await Task.Delay(AfterTrouble, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task TellChangesAsync(RunningJobs running, CancellationToken cancellationToken)
    {
        IReadOnlyList<RegisterEvent> events = await register.EventsAsync(_last, EventsAtOnce, cancellationToken);
        if (events.Count == 0)
        {
            return;
        }

        byte[] text = await running.TextAsync(events, cancellationToken);
        lock (_lock) // who enters sees the number, or gets the text, and never both
        {
            _last = events[^1].Id;
            foreach (Watcher watcher in _watchers)
            {
                watcher.Tell(text, isProgress: false);
            }
        }
    }

    private void Tell(byte[] text, bool isProgress)
    {
        if (text.Length == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (Watcher watcher in _watchers)
            {
                watcher.Tell(text, isProgress);
            }
        }
    }
}
