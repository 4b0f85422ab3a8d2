// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Running;

/// <summary>A job that this station has, as it is seen: working, waiting, stuck and dead are four things.</summary>
internal sealed class RunningJob : IDisposable
{
    private const long SomeBytes = 1 << 20; // less may be what a runtime reads of itself

    private readonly TimeProvider _time;
    private readonly ProgressTail _tail;
    private JobProcess? _process;
    private long _seen;
    private long _moved;
    private long _bytes;
    private JobActivity? _activity;
    private string? _stored;

    /// <param name="job">As it was claimed.</param>
    /// <param name="folder">The folder of this attempt.</param>
    /// <param name="process">What does it; null where it is gone, or could not be started.</param>
    /// <param name="time">The clock.</param>
    /// <param name="still">For how long nothing has moved.</param>
    public RunningJob(Job job, JobFolder folder, JobProcess? process, TimeProvider time, TimeSpan still)
    {
        (Job, Folder, _process, _time) = (job, folder, process, time);
        _tail = new(folder.Progress);
        _seen = time.GetTimestamp();
        _moved = _seen - (long)(still.TotalSeconds * time.TimestampFrequency);
        _bytes = Bytes;
        Stop = StopRequest.None;
    }

    /// <summary>As it was claimed.</summary>
    public Job Job { get; private set; }

    public Claim Claim => Job.Claim!.Value;

    public JobFolder Folder { get; }

    /// <summary>The process; null where there is none.</summary>
    public ProcessName? Process => _process?.Name;

    /// <summary>Whether the register knows the process.</summary>
    public bool IsStarted { get; set; }

    /// <summary>Whether the claim does not count any more.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>What it was asked, and has been passed on.</summary>
    public StopRequest Stop { get; private set; }

    /// <summary>When it was asked first.</summary>
    public DateTimeOffset? StopAsked { get; private set; }

    /// <summary>What it asks, as far as the register knows.</summary>
    public Guid? Asked { get; set; }

    /// <summary>How it ended; null as long as it did not.</summary>
    public JobEnd? End { get; set; }

    private long Bytes => OperatingSystem.IsLinux() && Process is { } process ? LinuxProcess.BytesRead(process.Id) ?? 0 : 0;

    /// <summary>What is seen of it.</summary>
    public JobLive Live => new(At(_seen), At(_moved), _activity, _tail.Last) { StopAsked = StopAsked };

    /// <summary>Looks at it.</summary>
    public void Look()
    {
        if (End is not null)
        {
            return;
        }

        bool isAlive = _process?.IsAlive ?? false;
        if (_tail.Look())
        {
            _moved = _time.GetTimestamp();
        }

        if (isAlive)
        {
            _seen = _time.GetTimestamp();
            if (OperatingSystem.IsLinux())
            {
                _activity = LinuxProcess.Activity(Process!.Value.Id);
                if (Bytes is var bytes && bytes - _bytes >= SomeBytes)
                {
                    (_bytes, _moved) = (bytes, _seen);
                }
            }

            return;
        }

        // Whoever finds the folder taken leaves it to the other one.
        if (Folder.IsTaken && Folder.Announced() is { } other && other != Process && JobProcess.Find(other) is { } found)
        {
            _process?.Dispose();
            (_process, IsStarted) = (found, false);
            return;
        }

        End = JobEnding.Of(Folder, _process?.Ended, Stop);
        if (End.Outcome == JobOutcome.Crashed)
        {
            _process?.EndRest();
        }
    }

    /// <summary>What the register is told.</summary>
    /// <param name="withProgress">Whether it gets the progress, too, where there is some that it has not.</param>
    public Beat Beat(bool withProgress)
    {
        string? progress = withProgress && _tail.Line != _stored ? _tail.Line : null;
        _stored = progress ?? _stored;
        return new(Claim.Token, _time.GetElapsedTime(_seen), _time.GetElapsedTime(_moved), progress);
    }

    /// <summary>Passes on what it is asked.</summary>
    public void Ask(StopRequest stop)
    {
        if (stop == StopRequest.None || End is not null)
        {
            return;
        }

        StopAsked ??= _time.GetUtcNow();
        if (stop == StopRequest.Hard)
        {
            _process?.Kill(); // each time: one that is stuck in a device may need it when that answers
        }
        else if (Stop == StopRequest.None)
        {
            _process?.Stop(Folder); // once: the second time means at once
        }

        Stop = stop > Stop ? stop : Stop;
    }

    /// <summary>Its claim does not count any more: it is to end.</summary>
    public void GiveUp()
    {
        if (!IsGivenUp)
        {
            IsGivenUp = true;
            Ask(StopRequest.Soft);
        }
    }

    /// <summary>As the register has it now.</summary>
    public void Renew(Job job) => Job = job;

    public void Dispose() => _process?.Dispose();

    private DateTimeOffset At(long timestamp) => _time.GetUtcNow() - _time.GetElapsedTime(timestamp);
}
