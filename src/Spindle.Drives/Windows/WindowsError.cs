// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Spindle.Media;

namespace Spindle.Drives.Windows;

/// <summary>What Windows says when a drive can't be opened (winerror.h), in words that help.</summary>
internal static class WindowsError
{
    public const int AccessDenied = 5; // ERROR_ACCESS_DENIED
    public const int FileNotFound = 2; // ERROR_FILE_NOT_FOUND
    public const int NotReady = 21; // ERROR_NOT_READY
    public const int SharingViolation = 32; // ERROR_SHARING_VIOLATION
    public const int DeviceDoesNotExist = 55; // ERROR_DEV_NOT_EXIST
    public const int NoSuchDevice = 433; // ERROR_NO_SUCH_DEVICE
    public const int NoMedium = 1112; // ERROR_NO_MEDIA_IN_DRIVE
    public const int NotConnected = 1167; // ERROR_DEVICE_NOT_CONNECTED

    public static OperationFailedException Of(string path, int error) => error switch
    {
        AccessDenied => Failures.DeniedOnWindows(path),
        SharingViolation => Failures.Busy(path),
        NoMedium or NotReady => Failures.NoReadableDisc(path),
        FileNotFound or DeviceDoesNotExist or NoSuchDevice or NotConnected => Failures.NotConnected(path),
        _ => Failures.CannotOpen(path, Marshal.GetPInvokeErrorMessage(error)),
    };
}
