// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.MacOS;
using Spindle.Files.Listing.Unix;

namespace Spindle.Files.Locks;

/// <summary>A file that one process has at a time: it is there for that alone, goes with whoever had it, and a process that dies lets it go.</summary>
public sealed class FileLock : IDisposable
{
    private const int LinuxWouldBlock = 11, BsdWouldBlock = 35; // EWOULDBLOCK of flock(2)
    private const int WindowsSharing = unchecked((int)0x80070020); // ERROR_SHARING_VIOLATION

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private FileLock(SafeFileHandle handle, string path) => (_handle, _path) = (handle, path);

    /// <summary>Takes it.</summary>
    /// <param name="path">The file; made where there is none. Its directory is there.</param>
    /// <returns>Null where another process has it.</returns>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileLock? TryTake(string path)
    {
        while (true)
        {
            SafeFileHandle handle;
            try
            {
                handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is LinuxWouldBlock or BsdWouldBlock or WindowsSharing)
            {
                return null;
            }

            if (IsAt(handle, path))
            {
                return new(handle, path);
            }

            handle.Dispose();
        }
    }

    /// <summary>Whether another process has it; no where this user may not ask.</summary>
    public static bool IsTaken(string path)
    {
        try
        {
            using FileLock? own = File.Exists(path) ? TryTake(path) : null;
            return own is null && File.Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows())
        {
            _handle.Dispose();
        }

        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On Windows another has it by now. Elsewhere it lies there, and is taken as well as a new one.
        }

        _handle.Dispose();
    }

    /// <summary>Who waits for a file opens it, and may get it when it has just been taken away: another would make a new one, and take that.</summary>
    internal static unsafe bool IsAt(SafeFileHandle handle, string path)
    {
        IUnixReading? system = OperatingSystem.IsLinux() ? LinuxReading.Instance : OperatingSystem.IsMacOS() ? MacReading.Instance : null;
        if (system is null)
        {
            return true; // what is open on Windows stays at its name
        }

        byte nothing = 0;
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return system.TryStatus((int)handle.DangerousGetHandle(), &nothing, out NodeStatus own)
                && system.TryStatus(system.CurrentDirectory, name, out NodeStatus there)
                && (own.Device, own.Inode) == (there.Device, there.Inode);
        }
    }
}
