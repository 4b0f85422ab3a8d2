// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Spindle.Files.MacOS;

/// <summary>The calls into the C library of macOS that differ from those of other Unix systems, and the numbers of its headers.</summary>
/// <remarks>
/// On ARM, arguments that may vary in number are taken from the stack: behind eight that fill the registers. On Intel, calls that know inodes
/// of 64 bits have a name of their own.
/// </remarks>
[SupportedOSPlatform("macos")]
internal static unsafe partial class LibC
{
    public const int ReadOnly = 0x0; // O_RDONLY … (sys/fcntl.h)
    public const int ReadWrite = 0x2;
    public const int NonBlocking = 0x4;
    public const int NoFollowLinks = 0x100;
    public const int Create = 0x200;
    public const int Exclusive = 0x800;
    public const int EventsOnly = 0x8000; // O_EVTONLY: named, and not read
    public const int Directory = 0x100000;
    public const int LinkItself = 0x200000; // O_SYMLINK
    public const int CloseOnExec = 0x1000000;

    public const int ExtendedAccessList = 0x100; // ACL_TYPE_EXTENDED (sys/acl.h)

    public const int CurrentDirectory = -2; // AT_FDCWD
    public const int NoFollow = 0x20; // AT_SYMLINK_NOFOLLOW
    public const long OmitTime = -2; // UTIME_OMIT (sys/stat.h)
    public const uint OnlyToNew = 0x4; // RENAME_EXCL (sys/stdio.h)
    public const int SeekHole = 3; // SEEK_HOLE (unistd.h)
    public const int SeekData = 4; // SEEK_DATA

    private const int FullSync = 51; // F_FULLFSYNC

    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int OpenAt(int directory, byte* path, int flags, uint mode) => IsArm
        ? OpenAtOnArm(directory, path, flags, 0, 0, 0, 0, 0, (nint)mode)
        : OpenAtOnIntel(directory, path, flags, mode);

    /// <summary>struct stat with inodes of 64 bits: 144 bytes.</summary>
    public static int Status(int descriptor, byte* status) => IsArm ? StatusOnArm(descriptor, status) : StatusOnIntel(descriptor, status);

    public static int StatusAt(int directory, byte* path, byte* status, int flags) => IsArm
        ? StatusAtOnArm(directory, path, status, flags)
        : StatusAtOnIntel(directory, path, status, flags);

    /// <summary>Takes a descriptor for a stream of names, which is closed with that.</summary>
    public static nint OpenNames(int descriptor) => IsArm ? OpenNamesOnArm(descriptor) : OpenNamesOnIntel(descriptor);

    /// <summary>struct dirent with inodes of 64 bits; null at the end, and for an error.</summary>
    public static byte* NextName(nint names) => IsArm ? NextNameOnArm(names) : NextNameOnIntel(names);

    public static void FullyStore(int descriptor) => _ = IsArm ? ControlOnArm(descriptor, FullSync, 0, 0, 0, 0, 0, 0, 0) : ControlOnIntel(descriptor, FullSync, 0);

    [LibraryImport("libc", EntryPoint = "sync")]
    public static partial void SyncAll();

    [LibraryImport("libc", EntryPoint = "closedir")]
    public static partial int CloseNames(nint names);

    [LibraryImport("libc", EntryPoint = "renameatx_np", SetLastError = true)]
    public static partial int RenameAt(int fromDirectory, byte* from, int toDirectory, byte* to, uint flags);

    [LibraryImport("libc", EntryPoint = "mkfifoat", SetLastError = true)] // since macOS 13
    public static partial int MakePipeAt(int directory, byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true)] // since macOS 13
    public static partial int MakeNodeAt(int directory, byte* path, uint mode, int device);

    [LibraryImport("libc", EntryPoint = "fchflags", SetLastError = true)]
    public static partial int ChangeFlags(int descriptor, uint flags);

    /// <summary>A copy, to be freed; 0 where there is none.</summary>
    [LibraryImport("libc", EntryPoint = "acl_get_fd_np", SetLastError = true)]
    public static partial nint AccessListOf(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "acl_free", SetLastError = true)]
    public static partial int FreeAccessList(nint list);

    [LibraryImport("libc", EntryPoint = "flistxattr", SetLastError = true)]
    public static partial nint ListAttributes(int descriptor, byte* list, nint length, int options);

    [LibraryImport("libc", EntryPoint = "fgetxattr", SetLastError = true)]
    public static partial nint GetAttribute(int descriptor, byte* name, byte* value, nint length, uint position, int options);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    public static partial int SetAttribute(int descriptor, byte* name, byte* value, nint length, uint position, int options);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAtOnIntel(int directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenAtOnArm(int directory, byte* path, int flags, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint mode);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlOnIntel(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlOnArm(int descriptor, int command, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint argument);

    [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static partial int StatusOnArm(int descriptor, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static partial int StatusOnIntel(int descriptor, byte* status);

    [LibraryImport("libc", EntryPoint = "fstatat", SetLastError = true)]
    private static partial int StatusAtOnArm(int directory, byte* path, byte* status, int flags);

    [LibraryImport("libc", EntryPoint = "fstatat$INODE64", SetLastError = true)]
    private static partial int StatusAtOnIntel(int directory, byte* path, byte* status, int flags);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenNamesOnArm(int descriptor);

    [LibraryImport("libc", EntryPoint = "fdopendir$INODE64", SetLastError = true)]
    private static partial nint OpenNamesOnIntel(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial byte* NextNameOnArm(nint names);

    [LibraryImport("libc", EntryPoint = "readdir$INODE64", SetLastError = true)]
    private static partial byte* NextNameOnIntel(nint names);
}
