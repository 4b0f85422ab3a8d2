// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spindle.Media;

namespace Spindle.Drives.MacOS;

/// <summary>What macOS says when a disc can't be opened or read (sys/errno.h), in words that help.</summary>
/// <remarks>The sense data of the drive never comes this far: the kernel makes one of these numbers of it (IOService::errnoFromReturn).</remarks>
internal static class MacError
{
    public const int Permission = 1; // EPERM: privacy (TCC), which not even root may pass
    public const int NoEntry = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int InputOutput = 5; // EIO
    public const int NoSuchDevice = 6; // ENXIO
    public const int BadDescriptor = 9; // EBADF: the disc is gone from under it
    public const int Access = 13; // EACCES
    public const int Busy = 16; // EBUSY
    public const int DeviceGone = 19; // ENODEV
    public const int Invalid = 22; // EINVAL
    public const int NoSuchCall = 25; // ENOTTY: a disc of another family
    public const int NotSupported = 45; // ENOTSUP
    public const int TimedOut = 60; // ETIMEDOUT
    public const int DeviceError = 83; // EDEVERR

    /// <summary>Whether the disc, or the drive with it, is not there any more.</summary>
    public static bool IsGone(int error) => error is NoEntry or NoSuchDevice or BadDescriptor or DeviceGone;

    /// <summary>Why a disc that is there can't be opened.</summary>
    public static OperationFailedException Of(string path, int error) => error switch
    {
        Permission => Failures.DeniedByPrivacy(path),
        Access => Failures.DeniedOnMac(path),
        Busy => Failures.Busy(path),
        InputOutput => Failures.NoReadableDisc(path),
        _ when IsGone(error) => Failures.NotConnected(path),
        _ => Failures.CannotOpen(path, WordsOf(error)),
    };

    /// <summary>The system's words; on another system, where numbers mean something else, the number.</summary>
    public static string WordsOf(int error) => OperatingSystem.IsMacOS() ? Marshal.GetPInvokeErrorMessage(error) : $"error {error}";
}
