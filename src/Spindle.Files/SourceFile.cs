// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Windows;

namespace Spindle.Files;

/// <summary>An open source file: its path may be any bytes, and it can be read by several threads.</summary>
public abstract partial class SourceFile : IDisposable
{
    private const int ErrorNoEntry = 2;
    private const int ErrorNotADirectory = 20;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="IOException">It can't be opened.</exception>
    public static SourceFile Open(byte[] path) => OperatingSystem.IsWindows() ? new WindowsFile(path) : new UnixFile(path);

    /// <summary>Reads at an offset.</summary>
    /// <returns>Bytes read: fewer than asked for at the end only.</returns>
    /// <exception cref="IOException">It can't be read.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        int done = 0;
        while (done < buffer.Length && ReadSome(offset + done, buffer[done..]) is > 0 and int read)
        {
            done += read;
        }

        return done;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Reads at an offset what the system gives at once; 0 at the end.</summary>
    protected abstract int ReadSome(long offset, Span<byte> buffer);

    private sealed class WindowsFile(byte[] path) : SourceFile
    {
        private readonly SafeFileHandle _handle = File.OpenHandle(PathOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public override void Dispose() => _handle.Dispose();

        private static string PathOf(byte[] path)
        {
            string text = Wtf8.GetString(path) ?? Encoding.UTF8.GetString(path);
            return Path.IsPathFullyQualified(text) ? ExtendedPath.OfNames(text) : text;
        }

        protected override int ReadSome(long offset, Span<byte> buffer)
        {
            try
            {
                return RandomAccess.Read(_handle, buffer, offset);
            }
            catch (NotSupportedException e)
            {
                throw new IOException("it is no file any more", e);
            }
        }
    }

    /// <summary>By its descriptor: a handle of the runtime asks each file whether it can seek, which takes half as long as reading a small one.</summary>
    private sealed unsafe partial class UnixFile : SourceFile
    {
        // Not waiting: a pipe that took the file's name has perhaps no writer, ever.
        private const int LinuxFlags = 0x800 | 0x80000; // O_NONBLOCK | O_CLOEXEC (asm-generic/fcntl.h)
        private const int MacFlags = 0x4 | 0x1000000; // the same (sys/fcntl.h)

        private int _descriptor;

        public UnixFile(byte[] path)
        {
            fixed (byte* bytes = (byte[])[.. path, 0])
            {
                _descriptor = OpenFile(bytes, OperatingSystem.IsMacOS() ? MacFlags : LinuxFlags);
            }

            if (_descriptor < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                string words = Marshal.GetPInvokeErrorMessage(error);
                throw error is ErrorNoEntry or ErrorNotADirectory ? new FileNotFoundException(words) : new IOException(words);
            }
        }

        public override void Dispose()
        {
            if (Interlocked.Exchange(ref _descriptor, -1) is >= 0 and int descriptor)
            {
                _ = CloseFile(descriptor);
            }
        }

        protected override int ReadSome(long offset, Span<byte> buffer)
        {
            fixed (byte* start = buffer)
            {
                nint read = ReadFile(_descriptor, start, buffer.Length, offset);
                return read >= 0 ? (int)read : throw new IOException(Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()));
            }
        }

        [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
        private static partial int OpenFile(byte* path, int flags);

        [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)] // off_t has 64 bits on every 64-bit system
        private static partial nint ReadFile(int descriptor, byte* buffer, nint length, long offset);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int CloseFile(int descriptor);
    }
}
