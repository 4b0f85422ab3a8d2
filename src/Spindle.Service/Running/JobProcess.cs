// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Spindle.Service.Running;

/// <summary>The process that does a job: a child of this one, or of one that was here before. It writes into its folder, and lives on without us.</summary>
internal sealed class JobProcess : IDisposable
{
    private const int SignalBase = 128; // what shells, and .NET, add to the signal that ended a process

    private readonly Process? _child; // null where it is none of ours

    private JobProcess(ProcessName name, Process? child) => (Name, _child) = (name, child);

    /// <summary>Which one it is.</summary>
    public ProcessName Name { get; }

    /// <summary>Starts one.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program is not there, or can't be started.</exception>
    /// <exception cref="InvalidOperationException">The system started none.</exception>
    public static JobProcess Start(JobProgram program, JobFolder folder)
    {
        string[] words = [.. program.Words, "run", folder.Request, "--job", folder.Path, "--progress", "json"];
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new(program.Path, words) { CreateNoWindow = true }
            // Files, and no pipes, that it does not end with us. What it says itself goes where it was told; this is for a runtime that breaks.
            : new("/bin/sh", ["-c", "folder=$1; shift; exec \"$0\" \"$@\" </dev/null >/dev/null 2>>\"$folder\"", program.Path, folder.Errors, .. words]);
        start.UseShellExecute = false;
        start.WorkingDirectory = folder.Path;
        Process child = Process.Start(start) ?? throw new InvalidOperationException("the system started no process");
        return new(ProcessName.Of(child.Id) ?? new(child.Id, ""), child);
    }

    /// <summary>Takes up one that lives; null where it does not.</summary>
    public static JobProcess? Find(ProcessName name) => name.IsAlive() ? new(name, null) : null;

    /// <summary>Whether it lives.</summary>
    public bool IsAlive => _child is { } child ? !child.HasExited : Name.IsAlive();

    /// <summary>How it ended, of our own children; null of others.</summary>
    public (int Code, int? Signal)? Ended => _child is { HasExited: true, ExitCode: var code } ? (code, !OperatingSystem.IsWindows() && code > SignalBase ? code - SignalBase : null) : null;

    /// <summary>Asks it to end in order: once, whichever service does; a second signal would mean at once.</summary>
    public void Stop(JobFolder folder)
    {
        if (File.Exists(folder.Stop))
        {
            return; // it was asked, and looks for that file itself
        }

        try
        {
            File.WriteAllBytes(folder.Stop, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the signal alone says so.
        }

        if (!OperatingSystem.IsWindows() && IsAlive)
        {
            UnixProcess.Stop(Name.Id);
        }
    }

    /// <summary>Ends it at once, with all that it started. One that is stuck in a device ends when that answers.</summary>
    public void Kill()
    {
        if (!IsAlive)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            UnixProcess.Kill(Name.Id);
            return;
        }

        try
        {
            using Process process = Process.GetProcessById(Name.Id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has just ended.
        }
    }

    /// <summary>Ends what it started and did not end itself, as it was killed: nobody waits for that any more, and it may have a drive, or write.</summary>
    public void EndRest()
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixProcess.KillGroup(Name.Id);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _child?.Dispose();
}
