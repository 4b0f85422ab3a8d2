// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Parity;

/// <summary>A file, or a block device, as <see cref="IImageStorage"/>.</summary>
public sealed class ImageFile : IImageStorage
{

    private readonly SafeFileHandle _handle;

    private ImageFile(string name, SafeFileHandle handle)
    {
        Name = name;
        _handle = handle;
        _ = Length; // refuses what has none
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens a file to be read only.</summary>
    /// <exception cref="OperationFailedException">There is no such file, or it may not be read.</exception>
    public static ImageFile OpenRead(string path) => Open(path, FileMode.Open, FileAccess.Read);

    /// <summary>Opens a file to be read and changed.</summary>
    /// <exception cref="OperationFailedException">There is no such file, or it may not be changed.</exception>
    public static ImageFile OpenWrite(string path) => Open(path, FileMode.Open, FileAccess.ReadWrite);

    /// <summary>Makes an empty file; one of that name is replaced.</summary>
    /// <exception cref="OperationFailedException">The file can't be made there.</exception>
    public static ImageFile Create(string path) => Open(path, FileMode.Create, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public int Read(long position, Span<byte> buffer)
    {
        int done = 0;
        int piece = buffer.Length;
        while (done < buffer.Length)
        {
            Span<byte> wanted = buffer.Slice(done, Math.Min(piece, buffer.Length - done));
            int got;
            try
            {
                got = RandomAccess.Read(_handle, wanted, position + done);
            }
            catch (IOException)
            {
                if (wanted.Length <= Capacity.SectorSize)
                {
                    break;
                }

                // A device that fails somewhere in a long read still has the sectors before the bad one.
                piece = Capacity.SectorSize;
                continue;
            }

            if (got == 0)
            {
                break;
            }

            done += got;
        }

        return done;
    }

    /// <inheritdoc/>
    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, position);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(cause);
        }
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(_handle, length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(cause);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        try
        {
            RandomAccess.FlushToDisk(_handle);
        }
        catch (IOException cause)
        {
            throw NotWritten(cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static ImageFile Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, mode, access, FileShare.Read, FileOptions.RandomAccess);
            try
            {
                return new(path, file);
            }
            catch (NotSupportedException cause)
            {
                file.Dispose();
                throw Failures.IsPipe(path, cause);
            }
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failures.DoesNotExist(path, cause);
        }
        catch (UnauthorizedAccessException cause) when (Directory.Exists(path))
        {
            throw Failures.IsDirectory(path, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Failures.CannotOpen(path, cause);
        }
    }

    private OperationFailedException NotWritten(Exception cause) => TargetFailure.Of(Name, cause);
}
