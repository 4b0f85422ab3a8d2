// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Files.Linux;

/// <summary>The calls into the C library, and the numbers of the kernel's headers (asm-generic; those that machines number differently are computed).</summary>
internal static unsafe partial class LibC
{
    public const int ReadOnly = 0;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int NoAccessTime = 0x40000;

    public const int SeekData = 3;
    public const int SeekHole = 4;

    public const int ErrorPermission = 1;
    public const int ErrorNoEntry = 2;
    public const int ErrorNoSuchDeviceOrAddress = 6;
    public const int ErrorNotADirectory = 20;
    public const int ErrorTooManyLinks = 40;
    public const int ErrorRange = 34;

    public const int CurrentDirectory = -100; // AT_FDCWD
    public const int EmptyPath = 0x1000; // AT_EMPTY_PATH
    public const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    public const int NoAutomount = 0x800; // AT_NO_AUTOMOUNT
    public const uint BasicStatus = 0x7FF; // STATX_BASIC_STATS

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;

    /// <summary>O_DIRECTORY (asm/fcntl.h).</summary>
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW (asm/fcntl.h).</summary>
    public static readonly int NoFollowLinks = IsArm ? 0x8000 : 0x20000;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "posix_fadvise64")]
    public static partial int Advise(int descriptor, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(int directory, byte* path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint GetDirectoryEntries(int directory, byte* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "flistxattr", SetLastError = true)]
    public static partial nint ListAttributes(int descriptor, byte* list, nint length);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetAttribute(int descriptor, byte* name, byte* value, nint length);

    [LibraryImport("libc", EntryPoint = "llistxattr", SetLastError = true)]
    public static partial nint ListAttributesOf(byte* path, byte* list, nint length);

    [LibraryImport("libc", EntryPoint = "lgetxattr", SetLastError = true)]
    public static partial nint GetAttributeOf(byte* path, byte* name, byte* value, nint length);
}
