// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Reflection;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Station;

namespace Spindle.Service.Running;

/// <summary>How jobs begin: those that a former program left, and new ones.</summary>
public sealed partial class Supervisor
{
    private static readonly TimeSpan BirthTime = TimeSpan.FromSeconds(3); // of a process that the former program had just started when it ended

    private readonly List<JobProcess> _leftOver = [];

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _register.EnterAsync(_station, $"spindle {Assembly.GetExecutingAssembly().GetName().Version!.ToString(3)}", cancellationToken);
        await AdoptAsync(cancellationToken);
        await LeaveLostAsync(cancellationToken);
        _lastEvent = await _register.LastEventAsync(cancellationToken);
    }

    /// <summary>Proves what the register says to be running. Before leases are looked at: a service may have been away for long, and its jobs not.</summary>
    private async Task AdoptAsync(CancellationToken cancellationToken)
    {
        long? before = null;
        while (await _register.ListAsync(new() { States = [JobState.Running, JobState.Stopping] }, before, Page, cancellationToken) is { Count: > 0 } jobs)
        {
            foreach (Job job in jobs.Where(job => job.Holder == _options.Station && job.Claim is not null && _running.All(known => known.Claim != job.Claim)))
            {
                _running.Add(await FindAsync(job, cancellationToken));
            }

            before = jobs[^1].Number;
        }
    }

    /// <summary>Of jobs that others gave up meanwhile, what is left is to end: one must not run twice.</summary>
    private async Task LeaveLostAsync(CancellationToken cancellationToken)
    {
        foreach (Job job in await _register.ListAsync(new() { States = [JobState.Lost] }, null, Page, cancellationToken))
        {
            if (job.Holder == _options.Station && job.Child is { } child && JobProcess.Find(new(child.Id, child.Started)) is { } process)
            {
                process.Stop(JobFolder.Of(_options.Folder, job.Order.Id, job.Attempt));
                _leftOver.Add(process);
            }
        }
    }

    private async Task<RunningJob> FindAsync(Job job, CancellationToken cancellationToken)
    {
        JobFolder folder = JobFolder.Of(_options.Folder, job.Order.Id, job.Attempt);
        ProcessName? name = job.Child is { } child ? new(child.Id, child.Started) : folder.Announced();
        for (TimeSpan waited = TimeSpan.Zero; name is null && folder.Finished() is null && waited < BirthTime; waited += BetweenAttempts)
        {
            await Task.Delay(BetweenAttempts, _options.Time, cancellationToken);
            name = folder.Announced();
        }

        TimeSpan still = job.Moved is { } moved ? await _register.NowAsync(cancellationToken) - moved : TimeSpan.Zero;
        return new(job, folder, name is { } known ? JobProcess.Find(known) : null, _options.Time, still)
        {
            IsStarted = job.Child is not null,
            End = name is null && folder.Finished() is null ? new() { Outcome = JobOutcome.Crashed, Failure = Failures.NeverBegan() } : null,
        };
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (_isLeaving || _running.Any(job => job.IsGivenUp) || _leftOver.Any(process => process.IsAlive))
        {
            return; // what is claimed may be just that
        }

        while (_running.Count < _options.MostAtOnce)
        {
            try
            {
                JobFolder.Probe(_options.Folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Note(Failures.NoRoom(_options.Folder, e));
                return;
            }

            if (Trouble is { Code: "no-room-for-jobs" })
            {
                Note(null);
            }

            // The same token until there is an answer: one that was lost on its way is given again.
            if (await _register.ClaimAsync(_station, _token, cancellationToken) is not { } job)
            {
                return;
            }

            _token = Guid.NewGuid();
            await BeginAsync(job, cancellationToken);
        }
    }

    private async Task BeginAsync(Job job, CancellationToken cancellationToken)
    {
        JobFolder folder = JobFolder.Of(_options.Folder, job.Order.Id, job.Attempt);
        RunningJob running;
        if (Ordering.OtherDrive(job.Order, _options.DriveIdentity) is { } other)
        {
            _running.Add(new(job, folder, null, _options.Time, TimeSpan.Zero) { End = new() { Outcome = JobOutcome.Failed, Failure = Failures.OtherDrive(other.Path, other.Drive) } });
            return;
        }

        try
        {
            folder.Create(RequestFile.Write(job.Order.Verb, await RequestOfAsync(job, cancellationToken)));
            running = new(job, folder, JobProcess.Start(_options.Program, folder), _options.Time, TimeSpan.Zero);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            running = new(job, folder, null, _options.Time, TimeSpan.Zero) { End = new() { Outcome = JobOutcome.Failed, Failure = Failures.NotStarted(e.Message) } };
        }

        _running.Add(running);
        if (running.Process is { } process)
        {
            running.IsStarted = await _register.StartedAsync(running.Claim, new(process.Id, process.Started), cancellationToken);
        }
    }

    /// <summary>A job that is begun again goes on where the former attempt ended, unless that one was refused for what was there already.</summary>
    private async Task<string> RequestOfAsync(Job job, CancellationToken cancellationToken)
    {
        bool goesOn = job.Attempt > 1
            || (job.RetryOf is { } former && await _register.JobAsync(former, cancellationToken) is { Attempt: > 0, Failure: not { Code: "already-exists" } });
        return goesOn ? Ordering.GoingOn(job.Order.Verb, job.Order.Request) : job.Order.Request;
    }
}
