// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Files.Linux;

/// <summary>Reads a file with O_DIRECT; where that can't be had, evicts it from the page cache and looks whether it is gone.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxUncachedFile : UncachedFile
{
    private const long TmpfsMagic = 0x01021994; // linux/magic.h
    private const long RamfsMagic = 0x858458F6;
    private const int PageSize = 4096;
    private const long ResidencyStep = 1L << 30;

    private readonly string _path;
    private readonly SafeFileHandle _file;

    private LinuxUncachedFile(string path, SafeFileHandle file, CacheBypass bypass, long length)
        : base(bypass, length)
    {
        _path = path;
        _file = file;
    }

    public static LinuxUncachedFile OpenLinux(string path, bool withDirectReads = true)
    {
        SafeFileHandle cached = Check(LibC.Open(path, LibC.ReadOnly | LibC.NonBlocking), path); // not waiting for who writes, where it is a pipe by now
        try
        {
            if (LibC.Flush(cached) != 0)
            {
                throw Failed(path, Marshal.GetLastPInvokeError());
            }

            long length = RandomAccess.GetLength(cached);
            if (IsInMemory(cached))
            {
                return new(path, cached, CacheBypass.Memory, length);
            }

            // Evicted in any case: some file systems serve direct reads from the cache when they find the page there.
            bool isEvicted = LibC.Advise(cached, 0, 0, LibC.AdviseDontNeed) == 0 && ResidentPages(cached, length) == 0;
            if (withDirectReads && TryOpenDirect(path, length) is { } direct)
            {
                cached.Dispose();
                return new(path, direct, CacheBypass.Direct, length);
            }

            return new(path, cached, isEvicted ? CacheBypass.Evicted : CacheBypass.None, length);
        }
        catch
        {
            cached.Dispose();
            throw;
        }
    }

    public override unsafe int Read(long position, Span<byte> buffer)
    {
        int done = 0;
        fixed (byte* memory = buffer)
        {
            while (done < buffer.Length)
            {
                nint read = LibC.ReadAt(_file, memory + done, buffer.Length - done, position + done);
                if (read == 0)
                {
                    break;
                }

                if (read < 0)
                {
                    int error = Marshal.GetLastPInvokeError();
                    if (error != LibC.ErrorInterrupted)
                    {
                        throw Failed(_path, error);
                    }

                    continue;
                }

                done += (int)read;
                if (done % AlignedBuffer.Alignment != 0)
                {
                    // Only the end of the file is not aligned; a further direct read there would be refused.
                    break;
                }
            }
        }

        return done;
    }

    public override void Dispose() => _file.Dispose();

    /// <summary>Pages of a file that the page cache holds (mincore(2)).</summary>
    internal static unsafe long ResidentPages(SafeFileHandle file, long length)
    {
        byte[] pages = new byte[ResidencyStep / PageSize];
        long resident = 0;
        for (long position = 0; position < length; position += ResidencyStep)
        {
            nint bytes = (nint)Math.Min(ResidencyStep, length - position);
            nint address = LibC.Map(0, bytes, LibC.ProtectRead, LibC.MapShared, file, position);
            if (address == -1)
            {
                return long.MaxValue;
            }

            fixed (byte* vector = pages)
            {
                bool isKnown = LibC.Resident(address, bytes, vector) == 0;
                _ = LibC.Unmap(address, bytes);
                if (!isKnown)
                {
                    return long.MaxValue;
                }
            }

            foreach (byte page in pages.AsSpan(0, (int)((bytes + PageSize - 1) / PageSize)))
            {
                resident += page & 1;
            }
        }

        return resident;
    }

    private static unsafe bool IsInMemory(SafeFileHandle file)
    {
        // struct statfs64: 120 bytes, of which the first eight are f_type.
        byte* status = stackalloc byte[256];
        return LibC.FileSystemStatus(file, status) == 0
            && BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(status, 8)) is TmpfsMagic or RamfsMagic;
    }

    private static unsafe SafeFileHandle? TryOpenDirect(string path, long length)
    {
        SafeFileHandle file = LibC.Open(path, LibC.ReadOnly | LibC.NonBlocking | LibC.Direct);
        AlignedBuffer buffer = new(AlignedBuffer.Alignment);
        fixed (byte* memory = buffer.Span)
        {
            // Tried, for some file systems let such files be opened and then refuse the reads.
            if (!file.IsInvalid && (length == 0 || LibC.ReadAt(file, memory, buffer.Length, 0) > 0))
            {
                return file;
            }
        }

        file.Dispose();
        return null;
    }

    private static SafeFileHandle Check(SafeFileHandle file, string path) =>
        file.IsInvalid ? throw Failed(path, Marshal.GetLastPInvokeError()) : file;

    private static IOException Failed(string path, int error) => new($"{path}: {LibC.Describe(error)}", error);
}
