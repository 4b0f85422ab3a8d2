// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Formats.MapFile;

namespace Spindle.Imaging.Rescuing;

/// <summary>Sets how hard and how fast the drive tries, by what the rescue is doing; and puts it back.</summary>
/// <remarks>
/// While what reads easily is copied from a damaged disc, the drive gives up early: nothing is lost by that, for each sector of a
/// failed read is read by itself later on, with all that the drive can do. Where bad sectors are tried again, and nothing else
/// is left to do, the drive reads slowly: many sectors that fail at full speed do not then. A disc without damage is read as the drive likes.
/// </remarks>
/// <param name="open">Opens the drive's settings; null where there are none.</param>
/// <param name="family">The disc in the drive.</param>
internal sealed class DriveEffort(Func<DriveTuning?> open, DiscFamily family)
{
    /// <summary>One: none would make some drives give up a sector that only the laser's focus was not ready for.</summary>
    private const byte RetriesWhileCopying = 1;

    private DriveTuning? _tuning;
    private bool _isOpen;
    private RescueStatus _status = RescueStatus.Finished;
    private DriveSettings _settings = new();

    /// <summary>What was changed; null where nothing was.</summary>
    public DriveSettings? Settings => _settings == new DriveSettings() ? null : _settings;

    /// <summary>A speed that suits damaged discs: the slowest that most drives have.</summary>
    public static int SlowFactor(DiscFamily family) => family == DiscFamily.Cd ? 4 : 2;

    /// <summary>Makes the drive read no faster than so many times the disc's own speed, until the end.</summary>
    /// <returns>Whether it does.</returns>
    public bool TryLimitSpeed(int factor)
    {
        bool isSet = ReadingSpeed.Of(family, factor) is { } speed && Tuning is { } tuning && tuning.TrySetSpeed(speed);
        _settings = isSet ? _settings with { SpeedLimit = ReadingSpeed.Of(family, factor) } : _settings;
        return isSet;
    }

    /// <summary>Told before each read of a rescue.</summary>
    public void Enter(RescueStatus status)
    {
        if (status == _status)
        {
            return;
        }

        LeaveStatus();
        _status = status;
        if (status == RescueStatus.Copying && Tuning?.TryLimitRetries(RetriesWhileCopying) == true)
        {
            _settings = _settings with { RetriesOfDriveWhileCopying = RetriesWhileCopying, RetriesOfDrive = _tuning?.OwnRetryCount };
        }
        else if (status == RescueStatus.Retrying && ReadingSpeed.Of(family, SlowFactor(family)) is { } slow
            && !(_settings.SpeedLimit <= slow) && Tuning?.TrySetSpeed(slow) == true)
        {
            _settings = _settings with { SpeedLimitWhileRetrying = slow };
        }
    }

    /// <summary>Told when a rescue is over.</summary>
    public void Leave()
    {
        LeaveStatus();
        _status = RescueStatus.Finished;
    }

    /// <summary>Puts all back, and lets go of the drive. To be called on every way out.</summary>
    public void PutBack()
    {
        if (_tuning is { } tuning)
        {
            bool areRestored = tuning.TryRestoreRetries() & tuning.TryRestoreSpeed();
            _settings = Settings is { } changed ? changed with { AreRestored = areRestored } : _settings;
            tuning.Dispose();
            _tuning = null;
        }
    }

    private DriveTuning? Tuning
    {
        get
        {
            // Opened when it is needed first: on most discs it never is.
            if (!_isOpen)
            {
                _isOpen = true;
                _tuning = open();
            }

            return _tuning;
        }
    }

    private void LeaveStatus()
    {
        _ = _status switch
        {
            RescueStatus.Copying => _tuning?.TryRestoreRetries(),
            RescueStatus.Retrying when _settings.SpeedLimitWhileRetrying is null => null,
            RescueStatus.Retrying when _settings.SpeedLimit is { } limit => _tuning?.TrySetSpeed((ushort)limit),
            RescueStatus.Retrying => _tuning?.TryRestoreSpeed(),
            _ => null,
        };
    }
}
