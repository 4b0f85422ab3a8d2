// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Windows;

/// <summary>Calls of Windows for files. The numbers are those of winbase.h, fileapi.h and winioctl.h.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Kernel32
{
    public const uint ReadAttributes = 0x80; // FILE_READ_ATTRIBUTES: what another program has locked can be asked, too, and nothing is fetched from a cloud
    public const uint ReadSecurity = 0x20000; // READ_CONTROL
    public const uint GenericRead = 0x80000000;
    public const uint ShareAll = 7; // FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE
    public const uint OpenExisting = 3;
    public const uint AsItIs = 0x02200000; // FILE_FLAG_BACKUP_SEMANTICS, which directories need, and FILE_FLAG_OPEN_REPARSE_POINT

    public const int StandardInformation = 1; // FileStandardInfo
    public const int StreamInformation = 7; // FileStreamInfo
    public const int IdInformation = 18; // FileIdInfo

    public const uint SetSparse = 0x000900C4; // FSCTL_SET_SPARSE
    public const uint QueryAllocatedRanges = 0x000940CF; // FSCTL_QUERY_ALLOCATED_RANGES

    public const int MoreData = 234; // ERROR_MORE_DATA

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(string name, uint access, uint share, nint security, uint creation, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Ask(SafeFileHandle file, int kind, byte* answer, uint length);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool CreateHardLink(string name, string existing, nint security);

    [LibraryImport("kernel32", EntryPoint = "DeviceIoControl", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Control(SafeFileHandle file, uint code, byte* input, uint inputLength, byte* output, uint outputLength, out uint returned, nint overlapped);
}
