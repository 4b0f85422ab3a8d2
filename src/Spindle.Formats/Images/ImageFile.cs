// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Formats.Images;

/// <summary>Reads an image file as the medium that it is an image of: its bytes, cut into sectors.</summary>
public sealed class ImageFile : ISectorReader
{
    /// <summary>Bytes of a sector of every data CD, DVD and Blu-ray disc.</summary>
    public const int DefaultSectorSize = 2048;

    private readonly SafeFileHandle _file;

    private ImageFile(string name, SafeFileHandle file, int sectorSize)
    {
        Name = name;
        _file = file;
        SectorSize = sectorSize;
        Length = RandomAccess.GetLength(file);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int SectorSize { get; }

    /// <inheritdoc/>
    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    /// <inheritdoc/>
    public long Length { get; }

    /// <summary>Opens an image file for reading; it may be read by others, and written, at the same time.</summary>
    /// <exception cref="OperationFailedException">There is no such file, or it may not be read, or it is empty.</exception>
    public static ImageFile Open(string path, int sectorSize = DefaultSectorSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sectorSize);
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            ImageFile image = new(path, file, sectorSize);
            return image.Length > 0
                ? image
                : throw new OperationFailedException(new("empty-source", $"{path} is empty", "check that the file was copied whole"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            file?.Dispose();
            throw new OperationFailedException(e switch
            {
                FileNotFoundException or DirectoryNotFoundException => new("no-such-source", $"there is no {path}", "check the name"),
                UnauthorizedAccessException when Directory.Exists(path) => new("source-is-directory", $"{path} is a directory", "name the image file itself"),
                UnauthorizedAccessException => new("source-denied", $"{path} may not be read by this user", "check its permissions"),
                NotSupportedException => new("source-is-pipe", $"{path} is no file or drive, but a pipe or another stream", "write it to a file first, and name that"),
                _ => new("source-unreadable", $"{path} cannot be opened: {e.Message}"),
            }, e);
        }
        catch (OperationFailedException)
        {
            file?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        int length = checked((int)(range.Count * SectorSize));
        buffer = buffer[..length];
        long position = range.Start * SectorSize;
        int wanted = (int)Math.Min(length, Length - position);
        int done = 0;
        SectorFault fault = SectorFault.None;
        while (done < wanted && fault == SectorFault.None)
        {
            try
            {
                int read = RandomAccess.Read(_file, buffer[done..wanted], position + done);
                done += read;
                fault = read == 0 ? SectorFault.EndedEarly : SectorFault.None;
            }
            catch (IOException)
            {
                // The storage under the file is damaged: what a bad sector is to a disc.
                fault = SectorFault.Unreadable;
            }
        }

        buffer[done..].Clear();
        return fault == SectorFault.None ? new((int)range.Count, fault) : new(done / SectorSize, fault);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
