// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Streaming;

/// <summary>The jobs that run, as far as it is to be told that they go on.</summary>
/// <param name="register">Where jobs stand.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="form">In which words it is told.</param>
internal sealed class RunningJobs(IRegister register, JobWatch watch, IEventForm form)
{
    private static readonly JobFilter Held = new() { States = [JobState.Running, JobState.Stopping] };
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2.5); // at what stands in the register, which is written there every few seconds
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromMilliseconds(490); // of one job: a little less than the tick
    private const int MostHeld = 1000;

    private readonly Dictionary<Guid, Told> _told = [];
    private IReadOnlyList<Job> _held = [];
    private IReadOnlyList<JobQuestion> _questions = [];
    private DateTimeOffset _now;
    private long _looked;

    /// <summary>Tells of changes.</summary>
    public async Task<byte[]> TextAsync(IReadOnlyList<RegisterEvent> events, CancellationToken cancellationToken)
    {
        DateTimeOffset now = await register.NowAsync(cancellationToken);
        JobSurroundings around = await watch.AroundAsync(register, cancellationToken);
        Dictionary<Guid, JobPart?> parts = [];
        EventText text = new();
        foreach (RegisterEvent one in events)
        {
            if (one.Job is not { } id)
            {
                if (one.Kind != RegisterEventKind.StationEntered)
                {
                    form.Station(text, one);
                }

                continue;
            }

            if (!parts.TryGetValue(id, out JobPart? part))
            {
                part = await register.JobAsync(id, cancellationToken) is { } job ? JobPart.Of(job, now, around) : null;
                parts.Add(id, part);
            }

            if (part is null)
            {
                continue; // forgotten since
            }

            form.Change(text, one, part);
        }

        _looked = 0; // others may run now
        return text.ToArray();
    }

    /// <summary>Tells of those that have gone on since they were last told of.</summary>
    /// <param name="last">The last change.</param>
    /// <param name="timestamp">Now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Nothing where none has.</returns>
    public async Task<byte[]> ProgressAsync(long last, long timestamp, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, JobLive> live = watch.Live();
        if (_looked == 0 || Stopwatch.GetElapsedTime(_looked, timestamp) >= BetweenLooks)
        {
            _held = await register.ListAsync(Held, null, MostHeld, cancellationToken);
            _questions = _held.Count == 0 ? [] : await register.OpenQuestionsAsync(cancellationToken);
            _now = await register.NowAsync(cancellationToken);
            _looked = timestamp;
        }

        DateTimeOffset now = _now + Stopwatch.GetElapsedTime(_looked, timestamp);
        EventText text = new();
        JobSurroundings around = new([], _questions, live);
        foreach (Job job in _held)
        {
            // What is seen now, or else what stands in the register of a job that another program runs.
            object? seen = live.TryGetValue(job.Order.Id, out JobLive? here) ? here : (job.Heartbeat, job.Moved, job.Progress);
            if (_told.TryGetValue(job.Order.Id, out Told told) && (Equals(told.Seen, seen) || Stopwatch.GetElapsedTime(told.At, timestamp) < BetweenProgress))
            {
                continue;
            }

            _told[job.Order.Id] = new(seen, timestamp);
            form.Progress(text, last, JobPart.Of(job, now, around), now);
        }

        if (_told.Count > _held.Count)
        {
            HashSet<Guid> held = [.. _held.Select(job => job.Order.Id)];
            foreach (Guid gone in _told.Keys.Where(id => !held.Contains(id)).ToArray())
            {
                _told.Remove(gone);
            }
        }

        return text.ToArray();
    }

    private readonly record struct Told(object? Seen, long At);
}
