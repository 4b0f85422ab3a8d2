// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>The disc as the system has it: a disc that was mounted is mounted again where it stays in the drive, however the run ends.</summary>
internal sealed class MountedDisc(ImagingState state, IDiscSource source)
{
    private readonly List<Failure> _notMounted = [];
    private IReadOnlyList<DeviceMount> _unmounted = [];
    private List<DeviceMount>? _mountedAgain;
    private bool? _ejected;

    /// <summary>Unmounts it, that nothing may change it.</summary>
    /// <exception cref="OperationFailedException">A program uses it, or this user may not unmount it.</exception>
    public void Unmount() => _unmounted = source.Unmount();

    /// <summary>Ejects it, where that is wished and the source is a drive that can.</summary>
    public void Eject()
    {
        if (!state.Request.Eject)
        {
            return;
        }

        try
        {
            _ejected = source.Eject() ? true : null;
        }
        catch (OperationFailedException e)
        {
            _ejected = false;
            state.Warnings.Add(e.Failure);
        }
    }

    /// <summary>Mounts it where it was, once, unless it was ejected.</summary>
    public void MountAgain()
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
                source.Mount(mount);
                _mountedAgain.Add(mount);
            }
            catch (OperationFailedException e)
            {
                _notMounted.Add(e.Failure);
                state.Warnings.Add(e.Failure);
            }
        }
    }

    /// <summary>A result that tells of this, too.</summary>
    public ImagingResult Tell(ImagingResult result) => result with { Unmounted = _unmounted, MountedAgain = _mountedAgain ?? [], Ejected = _ejected };

    /// <summary>Where a run ends without a result, its failure is all that anybody is told.</summary>
    public Exception Tell(Exception cause)
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
