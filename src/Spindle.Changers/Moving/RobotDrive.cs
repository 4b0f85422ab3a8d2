// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;

namespace Spindle.Changers.Moving;

/// <summary>A drive of this computer that a robot serves.</summary>
/// <param name="path">Its device.</param>
/// <param name="open">Opens it.</param>
/// <param name="time">The clock.</param>
public sealed class RobotDrive(string path, Func<string, IDiscDevice?> open, TimeProvider time) : IRobotDrive
{
    private static readonly TimeSpan ForTray = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public MediumStatus Status() => Device().GetMediumStatus();

    /// <inheritdoc/>
    public void Release()
    {
        if (Device().GetMounts() is [{ Point: { } point }, ..])
        {
            throw Failures.Mounted(path, point);
        }

        Command(drive => drive.PreventRemoval(false));
    }

    /// <inheritdoc/>
    public void OpenTray()
    {
        Command(drive => drive.Move(TrayMotion.Eject));
        long begun = time.GetTimestamp();
        while (Status() != MediumStatus.TrayOpen)
        {
            if (time.GetElapsedTime(begun) > ForTray)
            {
                throw Failures.TrayShut(path);
            }

            CancellationToken.None.WaitHandle.WaitOne(BetweenLooks);
        }
    }

    /// <inheritdoc/>
    public void CloseTray() => Command(drive => drive.Move(TrayMotion.Load));

    private void Command(Func<OpticalDrive, ScsiReply> tell)
    {
        using OpticalDrive drive = new(Device().OpenForWriting());
        try
        {
            ScsiReply reply = tell(drive);
            if (!reply.IsGood && reply.Sense.Key is not (SenseKey.NotReady or SenseKey.IllegalRequest))
            {
                throw Failures.DriveRefused(path, reply.Sense);
            }
        }
        catch (IOException e)
        {
            throw Failures.DriveGone(path, e.Message);
        }
    }

    private IDiscDevice Device() => open(path) ?? throw Failures.DriveGone(path, null);
}
