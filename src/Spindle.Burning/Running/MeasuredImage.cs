// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>An image as it was before any disc was touched. All of it is read then: what is burned from it must be the same.</summary>
/// <param name="image">What is to be burned.</param>
internal sealed class MeasuredImage(ImageToBurn image)
{
    private const int Piece = 1 << 20;

    private readonly Lock _gate = new();
    private long _length;
    private string? _sha256;

    /// <summary>The image.</summary>
    public string Path => image.Path;

    /// <summary>Why it can't be burned; null as long as it can.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Its bytes, 1 at least.</summary>
    /// <exception cref="ImageFailedException">It can't be read, or is empty.</exception>
    public long Length
    {
        get
        {
            lock (_gate)
            {
                return _length = _length > 0 ? _length : Guarded(LengthOf);
            }
        }
    }

    /// <summary>Sectors of 2048 bytes; a last one that is cut short counts.</summary>
    public long Sectors => (Length + DiscComparer.SectorSize - 1) / DiscComparer.SectorSize;

    /// <summary>Whether it was read.</summary>
    public bool IsMeasured => _sha256 is not null;

    /// <summary>Its SHA-256, in small hexadecimal digits.</summary>
    public string Sha256 => _sha256 ?? throw new InvalidOperationException("the image is not measured");

    /// <summary>Its CRC-32C, once it was read: by this it is known again while it is burned.</summary>
    public uint Crc { get; private set; }

    /// <summary>Reads it, unless that was done: by one drive, while others that burn the same image wait.</summary>
    /// <param name="advanced">Told of the bytes that are read.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ImageFailedException">It can't be read, or is not what its record says.</exception>
    public void Measure(Action<long> advanced, CancellationToken stop)
    {
        lock (_gate)
        {
            _sha256 ??= Guarded(() => Hash(advanced, stop));
        }
    }

    /// <summary>It was changed, or can't be read, while it was burned: no further disc is begun of it.</summary>
    /// <param name="failure">What is to be told of the disc.</param>
    /// <returns>The same.</returns>
    public Failure Fail(Failure failure)
    {
        lock (_gate)
        {
            return Failure = failure;
        }
    }

    /// <summary>What is known of it.</summary>
    /// <param name="lacking">Copies that were not made.</param>
    public BurnedImage ToResult(int lacking) => new(Path)
    {
        Bytes = _length > 0 ? _length : null,
        Sectors = _length > 0 ? Sectors : null,
        Sha256 = _sha256,
        Lacking = lacking,
        Failure = Failure,
    };

    private string Hash(Action<long> advanced, CancellationToken stop)
    {
        using ImageFeed feed = new(Path, Length, Piece, isHashed: true);
        for (long done = 0; feed.Take(stop) is { IsEmpty: false } piece;)
        {
            done += piece.Length;
            advanced(done);
        }

        Crc = feed.Crc;
        return image.Sha256 is null || image.Sha256 == feed.Sha256 ? feed.Sha256 : throw Failures.ImageIsNotItsRecord(Path);
    }

    private long LengthOf()
    {
        try
        {
            // By opening it: the length of a link is that of its target then, and a folder is none.
            using FileStream file = File.OpenRead(Path);
            return file.Length > 0 ? file.Length : throw Failures.EmptyImage(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.NoImage(Path, e);
        }
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return Failure is null ? work() : throw new ImageFailedException(Failure);
        }
        catch (OperationFailedException e)
        {
            throw new ImageFailedException(Failure = e.Failure);
        }
    }
}

/// <summary>An image can't be burned, onto no disc.</summary>
/// <param name="failure">Why.</param>
internal sealed class ImageFailedException(Failure failure) : OperationFailedException(failure);
