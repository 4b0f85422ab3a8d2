// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;
using Spindle.Files.MacOS;
using Spindle.Media;

namespace Spindle.Files;

/// <summary>Reads a file from its storage, so that what is compared is what will be there tomorrow.</summary>
public abstract class UncachedFile : IDisposable
{
    private protected UncachedFile(CacheBypass bypass, long length)
    {
        Bypass = bypass;
        Length = length;
    }

    /// <summary>How it is known that the bytes come from storage.</summary>
    public CacheBypass Bypass { get; }

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>Flushes a file and opens it for reading past the cache.</summary>
    /// <exception cref="IOException">The file can't be opened or flushed.</exception>
    public static UncachedFile Open(string path) =>
        OperatingSystem.IsLinux() ? LinuxUncachedFile.OpenLinux(path)
        : OperatingSystem.IsWindows() ? SystemFile.OpenPastCache(path)
        : OperatingSystem.IsMacOS() ? Open(path, new MacCache())
        : new SystemFile(path, CacheBypass.None, FileOptions.None);

    /// <summary>The same on macOS.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cache">What the system remembers of it.</param>
    /// <exception cref="IOException">The file can't be opened.</exception>
    internal static UncachedFile Open(string path, IMacCache cache)
    {
        (SafeFileHandle file, CacheBypass bypass) = StorageReading.Open(path, cache);
        return new SystemFile(file, bypass);
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="position">First byte; a multiple of <see cref="AlignedBuffer.Alignment"/>.</param>
    /// <param name="buffer">The start of an <see cref="AlignedBuffer"/>; its length a multiple of the same.</param>
    /// <returns>Bytes read: fewer than the buffer holds only at the end of the file.</returns>
    /// <exception cref="IOException">The storage can't be read there.</exception>
    public abstract int Read(long position, Span<byte> buffer);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>By .NET's own means: on Windows past the cache, on macOS once that is empty, on systems whose way past it is not known not; it says which.</summary>
    private sealed class SystemFile(SafeFileHandle file, CacheBypass bypass) : UncachedFile(bypass, RandomAccess.GetLength(file))
    {
        private const FileOptions NoBuffering = (FileOptions)0x20000000; // FILE_FLAG_NO_BUFFERING, which .NET hands on

        public SystemFile(string path, CacheBypass bypass, FileOptions options)
            : this(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, options), bypass)
        {
        }

        public static SystemFile OpenPastCache(string path)
        {
            try
            {
                using FileStream stored = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                stored.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Who writes it has it open still, or it may only be read. Windows stores what it has of a file before it reads past its memory of it.
            }

            return new(path, CacheBypass.Direct, NoBuffering);
        }

        public override int Read(long position, Span<byte> buffer)
        {
            int done = 0;
            int read;
            do
            {
                read = RandomAccess.Read(file, buffer[done..], position + done);
                done += read;
            }
            while (read > 0 && done < buffer.Length);
            return done;
        }

        public override void Dispose() => file.Dispose();
    }
}
