// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>How fast and how hard a drive reads: changed for a while, and put back when this is disposed.</summary>
/// <remarks>
/// A drive that knows no such setting, or is gone, is left as it is, and says so by false: nobody's reading depends on these. Not
/// thread-safe.
/// </remarks>
public sealed class DriveTuning : IDisposable
{
    private readonly OpticalDrive _drive;
    private ErrorRecovery? _ownRecovery;
    private ushort? _ownSpeed;
    private bool _limitsRetries;
    private bool _limitsSpeed;

    /// <param name="drive">The drive; disposed with this.</param>
    public DriveTuning(OpticalDrive drive) => _drive = drive;

    /// <summary>How often the drive tries a sector by itself when it is left alone; null where it was not asked, or does not say.</summary>
    public byte? OwnRetryCount => _ownRecovery?.RetryCount;

    /// <summary>Makes the drive try a sector so often at most, instead of as often as it would.</summary>
    /// <param name="count">How often.</param>
    /// <returns>Whether it does so now; false where it does not try more often anyway.</returns>
    public bool TryLimitRetries(byte count) => Try(() =>
    {
        if (_ownRecovery is null && _drive.AskErrorRecovery() is { } found)
        {
            // A run that was killed left its limit behind: what the drive was made with is the better guess then.
            _ownRecovery = found.RetryCount == count ? _drive.AskErrorRecovery(defaults: true) ?? found : found;
        }

        _limitsRetries |= _ownRecovery is { } own && own.RetryCount > count && _drive.TrySet(own.With(count));
        return _limitsRetries;
    });

    /// <summary>Makes the drive try a sector as often as it did before.</summary>
    /// <returns>Whether it does so now.</returns>
    public bool TryRestoreRetries() => Try(() =>
    {
        _limitsRetries = _limitsRetries && !_drive.TrySet(_ownRecovery!);
        return !_limitsRetries;
    });

    /// <summary>Makes the drive read no faster.</summary>
    /// <param name="kilobytesPerSecond">In 1000 bytes a second; drives take the nearest speed that they have.</param>
    /// <returns>Whether it took it.</returns>
    public bool TrySetSpeed(ushort kilobytesPerSecond) => Try(() =>
    {
        _ownSpeed ??= _drive.AskSpeed() is { Current: > 0 } speed && speed.Current < speed.Fastest ? speed.Current : ReadingSpeed.Unlimited;
        bool isSet = _drive.TrySetSpeed(kilobytesPerSecond);
        _limitsSpeed |= isSet;
        return isSet;
    });

    /// <summary>Makes the drive read as fast as it did before.</summary>
    /// <returns>Whether it does so now.</returns>
    public bool TryRestoreSpeed() => Try(() =>
    {
        _limitsSpeed = _limitsSpeed && !_drive.TrySetSpeed(_ownSpeed!.Value);
        return !_limitsSpeed;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = TryRestoreRetries();
        _ = TryRestoreSpeed();
        _drive.Dispose();
    }

    private static bool Try(Func<bool> set)
    {
        try
        {
            return set();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
