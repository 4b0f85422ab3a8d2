// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Drives.Windows;

/// <summary>Calls of Windows. The numbers are those of winioctl.h, ntddscsi.h, ntddstor.h and fileapi.h.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Kernel32
{
    public const uint PassThroughDirect = 0x0004D014; // IOCTL_SCSI_PASS_THROUGH_DIRECT
    public const uint EjectMedia = 0x002D4808; // IOCTL_STORAGE_EJECT_MEDIA
    public const uint MediaRemoval = 0x002D4804; // IOCTL_STORAGE_MEDIA_REMOVAL
    public const uint LockVolume = 0x00090018; // FSCTL_LOCK_VOLUME
    public const uint DismountVolume = 0x00090020; // FSCTL_DISMOUNT_VOLUME

    public const uint GenericRead = 0x80000000;
    public const uint GenericWrite = 0x40000000;
    public const uint ShareAll = 3; // FILE_SHARE_READ | FILE_SHARE_WRITE
    public const uint OpenExisting = 3;
    public const uint CdromDrive = 5; // DRIVE_CDROM

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(string name, uint access, uint share, nint security, uint creation, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "DeviceIoControl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Control(SafeFileHandle file, uint code, void* input, uint inputLength, void* output, uint outputLength, out uint returned, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "GetLogicalDrives")]
    public static partial uint LogicalDrives();

    [LibraryImport("kernel32", EntryPoint = "GetDriveTypeW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint DriveType(string root);

    [LibraryImport("kernel32", EntryPoint = "QueryDosDeviceW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint QueryDosDevice(string? name, char* target, uint length);
}
