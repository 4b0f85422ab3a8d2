// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>The tray of an optical drive: how a disc gets out of it, and the next one in. Never closes it.</summary>
public sealed class DriveTray
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>What says that a disc is none to be imaged, or none yet: the next one may be.</summary>
    private static readonly string[] Refusals =
    [
        "already-complete", "already-exists", "another-disc", "audio-disc", "blank-disc", "empty-source", "no-such-session", "raw-source", "source-unreadable",
    ];

    private readonly IDiscDevice _device;
    private readonly Func<IDiscDevice?> _reopen;
    private readonly TimeProvider _time;

    private DriveTray(IDiscDevice device, Func<IDiscDevice?> reopen, TimeProvider time)
    {
        _device = device;
        _reopen = reopen;
        _time = time;
    }

    /// <summary>Looks whether a path is an optical drive.</summary>
    /// <returns>Its tray; null where it is something else, or nothing.</returns>
    /// <exception cref="OperationFailedException">The device may not be opened.</exception>
    public static DriveTray? Of(string path) => Of(() => DiscDevices.TryOpen(path), TimeProvider.System);

    internal static DriveTray? Of(Func<IDiscDevice?> open, TimeProvider time) =>
        open() is { } device && device.Describe().IsOptical ? new(device, open, time) : null;

    /// <summary>Whether a failure is about the disc, which is then of no more use in the drive.</summary>
    public static bool IsRefusal(Failure failure) => Refusals.Contains(failure.Code);

    /// <summary>Whether a disc is in, or the drive is looking for one.</summary>
    public bool HasDisc => _device.GetMediumStatus() is not (MediumStatus.TrayOpen or MediumStatus.NoDisc);

    /// <summary>Gives the disc back, where one is in.</summary>
    /// <exception cref="OperationFailedException">The drive kept it.</exception>
    public void Eject()
    {
        if (HasDisc)
        {
            _device.Eject();
        }
    }

    /// <summary>Waits until the disc that is in, if any, has been taken out.</summary>
    public Task WaitForRemovalAsync(CancellationToken cancellationToken) =>
        WaitAsync(status => status is MediumStatus.TrayOpen or MediumStatus.NoDisc, cancellationToken);

    /// <summary>Waits until a disc is in, and can be read.</summary>
    public Task WaitForDiscAsync(CancellationToken cancellationToken) =>
        WaitAsync(status => status == MediumStatus.Ready, cancellationToken);

    private async Task WaitAsync(Func<MediumStatus, bool> isIt, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MediumStatus status = _device.GetMediumStatus();
            if (isIt(status))
            {
                return;
            }

            // A drive that says nothing at all may be none any more.
            if (status == MediumStatus.Unknown && _reopen() is null)
            {
                throw new OperationFailedException(new("drive-gone", $"{_device.Path} is not connected any more", "check its cable and power"));
            }

            await Task.Delay(BetweenLooks, _time, cancellationToken);
        }
    }
}
