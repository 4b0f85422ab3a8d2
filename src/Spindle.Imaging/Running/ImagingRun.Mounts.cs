// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>A disc that was mounted is mounted again where it stays in the drive, however the run ends.</summary>
internal sealed partial class ImagingRun
{
    private readonly List<Failure> _notMounted = [];
    private IReadOnlyList<DeviceMount> _unmounted = [];
    private List<DeviceMount>? _mountedAgain;

    private void MountAgain()
    {
        if (_ejected == true || _mountedAgain is not null)
        {
            return;
        }

        _mountedAgain = [];

        // They were unmounted last one first.
        foreach (DeviceMount mount in _unmounted.Reverse())
        {
            try
            {
                _source.Mount(mount);
                _mountedAgain.Add(mount);
            }
            catch (OperationFailedException e)
            {
                _notMounted.Add(e.Failure);
                _warnings.Add(e.Failure);
            }
        }
    }

    /// <summary>Where a run ends without a result, its failure is all that anybody is told.</summary>
    private Exception TellOfMounts(Exception cause)
    {
        if (_notMounted.Count == 0)
        {
            return cause;
        }

        Failure failure = (cause as OperationFailedException)?.Failure ?? new("cancelled", "stopped; what was read is kept", "go on with --resume");
        IEnumerable<string?> hints = _notMounted.Select(one => one.Hint).Prepend(failure.Hint).Where(hint => hint is not null);
        return new OperationFailedException(
            failure with
            {
                What = string.Join("; ", _notMounted.Select(one => one.What).Prepend(failure.What)),
                Hint = string.Join("; ", hints) is { Length: > 0 } hint ? hint : null,
            },
            cause);
    }
}
