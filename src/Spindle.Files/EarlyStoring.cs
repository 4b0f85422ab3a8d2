// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files;

/// <summary>
/// Has the system store what was written while the rest is still being made. Left to itself, Linux begins after seconds, and most of the
/// image would then wait for the flush at its end.
/// </summary>
/// <param name="file">The file that is written, front to back.</param>
public sealed partial class EarlyStoring(SafeFileHandle file)
{
    private const long Step = 16 * 1024 * 1024; // bytes: long enough for one request, short enough to leave little for the end
    private const uint Begin = 2; // SYNC_FILE_RANGE_WRITE (linux/fs.h): begin, and do not wait

    private long _begun;

    /// <summary>Begins to store what is not being stored yet. Nothing is promised by that: the flush at the end is what counts.</summary>
    /// <param name="written">Bytes written so far.</param>
    public void Advance(long written)
    {
        if (OperatingSystem.IsLinux() && written - _begun >= Step)
        {
            _ = SyncFileRange(file, _begun, written - _begun, Begin);
            _begun = written;
        }
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
