// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Drives.Linux;

/// <summary>The calls into the C library, and the numbers of its headers (asm-generic; x86-64 and ARM64 where they differ).</summary>
[SupportedOSPlatform("linux")]
internal static partial class LibC
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Exclusive = 0x80;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int ErrorPermission = 1;
    public const int ErrorNoEntry = 2;
    public const int ErrorInterrupted = 4;
    public const int ErrorInputOutput = 5;
    public const int ErrorNoSuchDevice = 6;
    public const int ErrorAccess = 13;
    public const int ErrorBusy = 16;
    public const int ErrorDeviceGone = 19;
    public const int ErrorInvalid = 22;
    public const int ErrorShutdown = 108;
    public const int ErrorNoMedium = 123;

    public const uint BlockDeviceSize = 0x80081272; // BLKGETSIZE64, linux/fs.h
    public const uint LogicalBlockSize = 0x1268; // BLKSSZGET, linux/fs.h
    public const uint ReadOnlyFlag = 0x125E; // BLKROGET, linux/fs.h
    public const uint ScsiIo = 0x2285; // SG_IO, scsi/sg.h
    public const uint CdromEject = 0x5309; // linux/cdrom.h
    public const uint CdromMediaChanged = 0x5325;
    public const uint CdromDriveStatus = 0x5326;
    public const uint CdromLockDoor = 0x5329;
    public const uint CdromTimedMediaChange = 0x5396;

    /// <summary>O_DIRECT, which x86 and ARM number differently (asm/fcntl.h).</summary>
    public static int Direct => RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x10000 : 0x4000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDescriptor(string path, int flags);

    /// <returns>The file; invalid where it could not be opened, and the error is <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static SafeFileHandle Open(string path, int flags)
    {
        int descriptor;
        do
        {
            descriptor = OpenDescriptor(path, flags | CloseOnExec);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted);
        return new(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "pread64", SetLastError = true)]
    public static unsafe partial nint ReadAt(SafeFileHandle file, byte* buffer, nint length, long position);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, nuint request, out long result);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string point, int flags);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string point, string? fileSystem, nuint flags, string? options);

    /// <summary>The system's words for an error number, lower-case as our messages are.</summary>
    public static string Describe(int error)
    {
        string text = Marshal.GetPInvokeErrorMessage(error);
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
