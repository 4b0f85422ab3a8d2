// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Restoring.Mounting;

/// <summary>A content that lies in a file of this machine. It stays readable when the file is deleted meanwhile.</summary>
public sealed class LandedFile : MountedFile
{
    private readonly SafeFileHandle _file;

    private LandedFile(SafeFileHandle file, long length) => (_file, Length) = (file, length);

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Opens it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Bytes that it must have.</param>
    /// <returns>Null where there is none, or not of that length.</returns>
    public static LandedFile? TryOpen(string path, long length)
    {
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) == length)
            {
                return new(file, length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was taken out of the landing, say.
        }

        file?.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override MountedState Read(long offset, Span<byte> buffer)
    {
        try
        {
            while (!buffer.IsEmpty)
            {
                int read = RandomAccess.Read(_file, buffer, offset);
                if (read == 0)
                {
                    return MountedState.Lost;
                }

                offset += read;
                buffer = buffer[read..];
            }

            return MountedState.Here;
        }
        catch (IOException)
        {
            return MountedState.Lost;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
