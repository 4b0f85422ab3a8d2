// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Files.Linux;

/// <content>What writes.</content>
internal static unsafe partial class LibC
{
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;

    public const int ErrorAccess = 13;
    public const int ErrorExists = 17;
    public const int ErrorInvalid = 22;
    public const int ErrorNoSuchCall = 38;
    public const int ErrorIsADirectory = 21;
    public const int ErrorNoSpace = 28;
    public const int ErrorQuota = 122;

    /// <summary>RENAME_NOREPLACE (renameat2(2)).</summary>
    public const uint NoReplace = 1;

    /// <summary>O_PATH: what is opened so can be named, and not read (open(2)).</summary>
    public const int PathOnly = 0x200000;

    /// <summary>UTIME_OMIT: a time that stays as it is (utimensat(2)).</summary>
    public const long OmitTime = 0x3FFF_FFFE;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int directory, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true)]
    public static partial int RenameAt(int fromDirectory, byte* from, int toDirectory, byte* to, uint flags);

    [LibraryImport("libc", EntryPoint = "mknodat", SetLastError = true)]
    public static partial int MakeNodeAt(int directory, byte* path, uint mode, ulong device);

    [LibraryImport("libc", EntryPoint = "chmod", SetLastError = true)]
    public static partial int ChangeModeOf(byte* path, uint mode);

    [LibraryImport("libc", EntryPoint = "fsetxattr", SetLastError = true)]
    public static partial int SetAttribute(int descriptor, byte* name, byte* value, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "lsetxattr", SetLastError = true)]
    public static partial int SetAttributeOf(byte* path, byte* name, byte* value, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "fremovexattr", SetLastError = true)]
    public static partial int RemoveAttribute(int descriptor, byte* name);

    [LibraryImport("libc", EntryPoint = "lremovexattr", SetLastError = true)]
    public static partial int RemoveAttributeOf(byte* path, byte* name);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    public static partial int SyncFileSystem(int descriptor);
}
