// SPDX-License-Identifier: MIT
using Spindle.Files.Locks;
using Spindle.Media;

namespace Spindle.Service.Running;

/// <summary>This process as one that does a job: it belongs to nobody's terminal, writes into the job's folder, and says last how it ended.</summary>
public sealed class JobRun : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly JobFolder _folder;
    private readonly FileLock _lock;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _look;

    private JobRun(JobFolder folder, FileLock taken, TimeProvider time)
    {
        (_folder, _lock) = (folder, taken);
        Output = new FileStream(folder.Result, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Progress = new BoundedLogStream(folder.Progress, BoundedLogStream.UsualLimit);
        Questions = new(folder, time);
        _look = time.CreateTimer(_ => Look(), null, BetweenLooks, BetweenLooks);
    }

    /// <summary>Where the document goes.</summary>
    public Stream Output { get; }

    /// <summary>Where progress goes, a line for each.</summary>
    public Stream Progress { get; }

    /// <summary>Asks people.</summary>
    public JobQuestions Questions { get; }

    /// <summary>Somebody asked it to end in order, and not by a signal.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Begins.</summary>
    /// <param name="folder">The folder of the attempt at the job (<see cref="JobFolder"/>).</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationFailedException"><c>job-taken</c>: another process does it. <c>cannot-serve</c>: the folder can't be written.</exception>
    public static JobRun Begin(string folder, TimeProvider time)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixProcess.LeadSession();
        }

        JobFolder own = new(folder);
        try
        {
            FileLock taken = own.TryTake() ?? throw Failures.Taken(folder);
            own.Announce(ProcessName.This());
            return new(own, taken, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.CannotServe(folder, e);
        }
    }

    /// <summary>Says how it ended; nothing of it may be written after that.</summary>
    /// <param name="code">The exit code.</param>
    public void Finish(int code)
    {
        try
        {
            _folder.Finish(code);
        }
        catch (OperationFailedException)
        {
            // On a full disk, the exit code alone tells, where somebody waits for it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _look.Dispose();
        Output.Dispose();
        Progress.Dispose();
        _lock.Dispose();
        _stopped.Dispose();
    }

    private void Look()
    {
        try
        {
            if (File.Exists(_folder.Stop))
            {
                _stopped.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // It has ended meanwhile.
        }
    }
}
