// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Linux;

/// <content>What takes handles: locks, and the page cache.</content>
internal static unsafe partial class LibC
{
    public const int ErrorInterrupted = 4;
    public const int ErrorWouldBlock = 11;
    public const int LockExclusively = 2; // LOCK_EX, sys/file.h
    public const int LockWithoutWaiting = 4; // LOCK_NB
    public const int Unlock = 8; // LOCK_UN
    public const int AdviseDontNeed = 4;
    public const int ProtectRead = 1;
    public const int MapShared = 1;

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
    public static partial nint ReadAt(SafeFileHandle file, byte* buffer, nint length, long position);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "posix_fadvise64")]
    public static partial int Advise(SafeFileHandle file, long position, long length, int advice);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fstatfs64", SetLastError = true)]
    public static partial int FileSystemStatus(SafeFileHandle file, byte* status);

    [LibraryImport("libc", EntryPoint = "mmap64", SetLastError = true)]
    public static partial nint Map(nint address, nint length, int protection, int flags, SafeFileHandle file, long position);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mincore", SetLastError = true)]
    public static partial int Resident(nint address, nint length, byte* pages);

    /// <summary>The system's words for an error number, lower-case as our messages are.</summary>
    public static string Describe(int error)
    {
        string text = Marshal.GetPInvokeErrorMessage(error);
        return text.Length > 1 && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
