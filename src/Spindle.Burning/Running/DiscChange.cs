// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Another disc comes into a drive, brought by somebody.</summary>
/// <param name="path">The drive.</param>
/// <param name="open">Opens it.</param>
/// <param name="clock">The clock.</param>
internal sealed class DiscChange(string path, Func<string, IDiscDevice?> open, BurningClock clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks for the disc, gives out the one that is in, and waits until another one is.</summary>
    /// <param name="ask">Asks for it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>Whether one came: false, too, where nobody brings it, the drive is gone, or keeps the disc that it has.</returns>
    public bool Try(Func<bool> ask, CancellationToken stop)
    {
        try
        {
            if (open(path) is not { } device || !ask())
            {
                return false;
            }

            if (device.GetMediumStatus() is not (MediumStatus.TrayOpen or MediumStatus.NoDisc))
            {
                device.Eject();
                if (!Wait(device, status => status is MediumStatus.TrayOpen or MediumStatus.NoDisc, stop))
                {
                    return false;
                }
            }

            return Wait(device, status => status == MediumStatus.Ready, stop);
        }
        catch (OperationFailedException)
        {
            return false;
        }
    }

    private bool Wait(IDiscDevice device, Func<MediumStatus, bool> isIt, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (isIt(device.GetMediumStatus()))
            {
                return true;
            }

            clock.Wait(BetweenLooks);
        }

        return false;
    }
}
