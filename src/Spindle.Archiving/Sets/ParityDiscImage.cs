// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;
using ImageFile = Spindle.Formats.Images.ImageFile;

namespace Spindle.Archiving.Sets;

/// <summary>The image of a parity disc: the folder of the parity is in its file system.</summary>
internal sealed class ParityDiscImage : IDisposable
{
    private readonly Lock _lock = new(); // a volume does one thing at a time
    private readonly ImageFile? _image;
    private readonly Volume _volume;

    private ParityDiscImage(string path, ImageFile? image, Volume volume) => (Path, _image, _volume) = (path, image, volume);

    /// <summary>The image.</summary>
    public string Path { get; }

    /// <summary>Opens an image.</summary>
    /// <returns>Null where it is none of a parity disc, or damaged beyond that.</returns>
    public static ParityDiscImage? TryOpen(string path)
    {
        ImageFile? image = null;
        try
        {
            image = ImageFile.Open(path);
            if (VolumeOf(image) is { } volume)
            {
                return new(path, image, volume);
            }
        }
        catch (OperationFailedException)
        {
            // It is no image.
        }

        image?.Dispose();
        return null;
    }

    /// <summary>Opens a disc, which stays the caller's.</summary>
    /// <returns>Null where it is no parity disc, or damaged beyond that.</returns>
    public static ParityDiscImage? TryOpen(ISectorReader disc) => VolumeOf(disc) is { } volume ? new(disc.Name, null, volume) : null;

    /// <summary>Whether it has a file of the folder.</summary>
    public bool Has(string name)
    {
        lock (_lock)
        {
            return _volume.Find($"{SetNames.Folder}/{name}") is { Type: EntryType.File };
        }
    }

    /// <summary>Reads a small file of the folder.</summary>
    /// <param name="name">Its name, with a folder in that folder before it.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <returns>Null where it is not there, is larger, or can't be read.</returns>
    public byte[]? Read(string name, long most)
    {
        lock (_lock)
        {
            if (_volume.Find($"{SetNames.Folder}/{name}") is not { Type: EntryType.File } entry || entry.Size > most)
            {
                return null;
            }

            using ContentStream content = _volume.OpenContent(entry);
            byte[] bytes = new byte[entry.Size];
            content.ReadExactly(bytes);
            return content.Unreadable.Count == 0 ? bytes : null;
        }
    }

    /// <summary>Opens a large file of the folder; null where it is not there.</summary>
    public IImageStorage? Open(string name)
    {
        lock (_lock)
        {
            return _volume.Find($"{SetNames.Folder}/{name}") is { Type: EntryType.File } entry ? new Content(this, _volume.OpenContent(entry)) : null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _image?.Dispose();

    private static Volume? VolumeOf(ISectorReader disc) => Volume.Open(disc) is { } volume && volume.Find($"{SetNames.Folder}/{SetNames.Table}") is not null ? volume : null;

    private sealed class Content(ParityDiscImage disc, ContentStream content) : IImageStorage
    {
        public string Name => disc.Path;

        public long Length => content.Length;

        public int Read(long position, Span<byte> buffer)
        {
            lock (disc._lock)
            {
                content.Position = position;
                return content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            }
        }

        public void Write(long position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException("a disc is read, not written");

        public void SetLength(long length) => throw new NotSupportedException("a disc is read, not written");

        public void Flush()
        {
        }

        public void Dispose() => content.Dispose();
    }
}
