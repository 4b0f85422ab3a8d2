// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting.Linux;
using Spindle.Files.Mounting.Trees;
using Spindle.Media;

namespace Spindle.Files.Mounting;

/// <summary>A tree that the system shows at a directory, as a drive that is read only.</summary>
public sealed class MountedDrive : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2); // of threads: where somebody is in the drive still, they would wait for him

    private readonly string _directory;
    private readonly FuseDevice _device;
    private readonly FuseServer _server;

    private MountedDrive(string directory, FuseDevice device, FuseServer server)
    {
        (_directory, _device, _server) = (directory, device, server);
        Ended = server.ServeAsync();
        _ = Ended.ContinueWith(_ => LinuxMount.Unmount(directory), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // nobody answers any more
    }

    /// <summary>Ends when the drive was taken down, by whomever.</summary>
    public Task Ended { get; }

    /// <summary>How often a file was opened, bytes that were read, and how often content was asked for that was not to be had.</summary>
    public (long Opened, long Read, long Refused) Counts => _server.Counts;

    /// <summary>What went wrong beside that first; null where nothing did.</summary>
    public Failure? Problem => _server.Problem;

    /// <summary>The processes that wait for content that is away.</summary>
    public IReadOnlyList<int> Waiting => _server.Waiting;

    /// <summary>Whether a directory is a drive that nobody answers for.</summary>
    /// <param name="directory">An absolute path.</param>
    public static bool IsStale(string directory) => OperatingSystem.IsLinux() && LinuxMount.IsStale(directory);

    /// <summary>Shows a tree: of root, to all users as its permissions say; else to this user alone.</summary>
    /// <param name="directory">Where: an absolute path without links.</param>
    /// <param name="tree">What.</param>
    /// <param name="mayWait">Whether a process, by its number, may wait for content that is away; null where it fails at once.</param>
    /// <exception cref="MountFailedException">It could not be done.</exception>
    public static MountedDrive Mount(string directory, IMountedTree tree, Func<int, bool>? mayWait)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new MountFailedException(MountObstacle.OtherSystem, "only Linux shows drives that a program makes");
        }

        FuseDevice device = LinuxMount.Mount(directory);
        return new(directory, device, new(device, tree, mayWait));
    }

    /// <summary>Looks again for what is waited for.</summary>
    public void TryWaiting() => _server.TryWaiting();

    /// <summary>Takes it down: who waits is told that it failed; where somebody is in it, he keeps what he has open.</summary>
    public void Dispose()
    {
        _server.GiveUpWaiting();
        if (!Ended.IsCompletedSuccessfully)
        {
            LinuxMount.Unmount(_directory);
            _ = Task.WhenAny(Ended).Wait(LongestEnd);
        }

        if (Ended.IsCompleted)
        {
            _device.Dispose();
        }
    }
}
