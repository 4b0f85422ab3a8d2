// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Archiving.Mastering;

/// <summary>An open source file: its path may be any bytes, and it can be read by several threads.</summary>
internal sealed partial class SourceFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private SourceFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static unsafe SourceFile Open(byte[] path)
    {
        if (OperatingSystem.IsWindows())
        {
            return new(File.OpenHandle(Encoding.UTF8.GetString(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }

        // Not waiting: a pipe that took the file's name has perhaps no writer, ever.
        const int linuxFlags = 0x800 | 0x80000; // O_NONBLOCK | O_CLOEXEC (asm-generic/fcntl.h)
        const int macFlags = 0x4 | 0x1000000; // the same (sys/fcntl.h)
        const int noEntry = 2;
        const int notADirectory = 20;
        byte[] terminated = [.. path, 0];
        fixed (byte* bytes = terminated)
        {
            int descriptor = OpenFile(bytes, OperatingSystem.IsMacOS() ? macFlags : linuxFlags);
            int error = Marshal.GetLastPInvokeError();
            return descriptor >= 0 ? new(new(descriptor, ownsHandle: true)) : error switch
            {
                noEntry or notADirectory => throw new FileNotFoundException(Marshal.GetPInvokeErrorMessage(error)),
                _ => throw new IOException(Marshal.GetPInvokeErrorMessage(error)),
            };
        }
    }

    /// <summary>Reads at an offset.</summary>
    /// <returns>Bytes read: fewer than asked for at the end only.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        int done = 0;
        try
        {
            while (done < buffer.Length)
            {
                int read = RandomAccess.Read(_handle, buffer[done..], offset + done);
                if (read == 0)
                {
                    break;
                }

                done += read;
            }
        }
        catch (NotSupportedException e)
        {
            throw new IOException("it is no file any more", e);
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static unsafe partial int OpenFile(byte* path, int flags);
}
