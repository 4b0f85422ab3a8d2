// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;

namespace Spindle.Files;

/// <summary>Keeps a folder for one process: a second one that asks is told no, and a process that dies lets it go.</summary>
/// <remarks>
/// On Linux the folder itself is locked (flock(2)), so that nothing lies in it that could be left behind; a file system that knows no
/// such locks is used without. Elsewhere a file lies in it that goes with the process.
/// </remarks>
public sealed class FolderLock : IDisposable
{
    private const string FileName = ".spindle.lock";

    private readonly SafeFileHandle _handle;

    private FolderLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Locks a folder.</summary>
    /// <param name="folder">The folder; it is there.</param>
    /// <returns>Null where another process has it.</returns>
    /// <exception cref="IOException">The folder can't be opened.</exception>
    public static FolderLock? TryTake(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            SafeFileHandle handle = LibC.Open(folder, LibC.ReadOnly);
            if (!handle.IsInvalid && LibC.Lock(handle, LibC.LockExclusively | LibC.LockWithoutWaiting) != 0 && Marshal.GetLastPInvokeError() == LibC.ErrorWouldBlock)
            {
                handle.Dispose();
                return null;
            }

            return new(handle);
        }

        try
        {
            return new(File.OpenHandle(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose));
        }
        catch (IOException e) when (e is not DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsLinux() && !_handle.IsInvalid)
        {
            // A program that is just being started has what is open here until it runs: closing alone would leave the folder locked until then.
            _ = LibC.Lock(_handle, LibC.Unlock);
        }

        _handle.Dispose();
    }
}
