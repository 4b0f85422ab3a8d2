// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.MacOS;

/// <summary>The calls into the C library of macOS about what it remembers of files (sys/fcntl.h, sys/mman.h).</summary>
[SupportedOSPlatform("macos")]
internal sealed unsafe partial class MacCache : IMacCache
{
    private const int NoCache = 48; // F_NOCACHE
    private const int FullSync = 51; // F_FULLFSYNC
    private const int ProtectRead = 1; // PROT_READ
    private const int MapShared = 1; // MAP_SHARED
    private const int Invalidate = 2; // MS_INVALIDATE
    private const byte InMemory = 1; // MINCORE_INCORE

    public bool TryStore(SafeFileHandle file) => Control(file, FullSync, 0) || Sync(file) == 0;

    public bool TryStopRemembering(SafeFileHandle file) => Control(file, NoCache, 1);

    public bool TryForget(SafeFileHandle file, long position, nint length)
    {
        nint address = Map(0, length, ProtectRead, MapShared, file, position);
        if (address == -1)
        {
            return false;
        }

        bool isDone = Synchronize(address, length, Invalidate) == 0;
        _ = Unmap(address, length);
        return isDone;
    }

    public long? CountPages(SafeFileHandle file, long position, nint length)
    {
        nint address = Map(0, length, ProtectRead, MapShared, file, position);
        if (address == -1)
        {
            return null;
        }

        byte[] pages = new byte[(length + Environment.SystemPageSize - 1) / Environment.SystemPageSize];
        fixed (byte* vector = pages)
        {
            bool isKnown = Resident(address, length, vector) == 0;
            _ = Unmap(address, length);
            return isKnown ? pages.LongCount(page => (page & InMemory) != 0) : null;
        }
    }

    // fcntl takes its third argument from the stack on Apple's ARM, as all that may vary in number: behind eight that fill the registers.
    private static bool Control(SafeFileHandle file, int command, nint argument) => RuntimeInformation.ProcessArchitecture == Architecture.Arm64
        ? ControlOnArm(file, command, 0, 0, 0, 0, 0, 0, argument) != -1
        : ControlOnIntel(file, command, argument) != -1;

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlOnIntel(SafeFileHandle file, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int ControlOnArm(SafeFileHandle file, int command, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint argument);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nint length, int protection, int flags, SafeFileHandle file, long position);

    [LibraryImport("libc", EntryPoint = "msync", SetLastError = true)]
    private static partial int Synchronize(nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mincore", SetLastError = true)]
    private static partial int Resident(nint address, nint length, byte* pages);
}
