// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.MacOS;

/// <summary>What macOS remembers of a file, and how it is made to forget it. Each is a call or two of the C library.</summary>
internal interface IMacCache
{
    /// <summary>Has what was written of a file stored by its medium (F_FULLFSYNC; where a file system has none of that, fsync).</summary>
    /// <returns>Whether the system says that it is.</returns>
    bool TryStore(SafeFileHandle file);

    /// <summary>Has what is read by a handle from now on not be remembered (F_NOCACHE).</summary>
    bool TryStopRemembering(SafeFileHandle file);

    /// <summary>Has the system forget a part of a file (mmap, msync with MS_INVALIDATE).</summary>
    /// <param name="file">The file.</param>
    /// <param name="position">Where the part begins: a multiple of a page.</param>
    /// <param name="length">Its bytes; above 0.</param>
    bool TryForget(SafeFileHandle file, long position, nint length);

    /// <summary>Pages of a part of a file that the system has in memory (mmap, mincore); null where it does not say.</summary>
    /// <inheritdoc cref="TryForget" path="/param"/>
    long? CountPages(SafeFileHandle file, long position, nint length);
}
