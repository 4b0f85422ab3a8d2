// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Files;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>The file of one row of parity in the making: first its data, then its head, then it is read back, and gets its name.</summary>
internal sealed class SetVolumeFile : IDisposable
{
    private const int BufferLength = 64 * PieceSums.PieceLength;

    private readonly ImageFile _file;
    private bool _isPublished;

    /// <param name="path">The name that it gets.</param>
    /// <param name="length">Bytes of parity.</param>
    public SetVolumeFile(string path, long length)
    {
        Path = path;
        Pieces = new(length);
        _file = ImageFile.Create(PartPath);
        _file.SetLength(ParVolume.UsualDataOffset + length);
    }

    /// <summary>The name that it gets.</summary>
    public string Path { get; }

    /// <summary>The checksums of the parity that was written.</summary>
    public PieceSums Pieces { get; }

    private string PartPath => Path + WholeFile.PartSuffix;

    /// <summary>Writes parity.</summary>
    /// <param name="position">Where it belongs, from the start of the parity; a multiple of a piece.</param>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    public void Write(long position, ReadOnlySpan<byte> bytes)
    {
        Pieces.Set(position, bytes);
        if (bytes.ContainsAnyExcept((byte)0)) // else it is there already: the file is new, and has its length
        {
            _file.Write(ParVolume.UsualDataOffset + position, bytes);
        }
    }

    /// <summary>Writes the head, and proves that all is stored.</summary>
    /// <param name="volume">What the head says.</param>
    /// <param name="progress">Told the bytes that were read: twice the file.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>SHA-256 of the whole file; and whether the parity is known to have been read from storage.</returns>
    /// <exception cref="OperationFailedException"><c>image-differs</c>: it does not read back as it was written.</exception>
    public (string Sha256, bool IsReadBack) Finish(ParVolume volume, Action<long> progress, CancellationToken cancellationToken)
    {
        _file.Flush();
        using IncrementalHash control = volume.StartControlHash();
        CacheBypass bypass = ReadBack(control, progress, cancellationToken);
        byte[] head = volume.HeadBytes(control.GetHashAndReset());
        _file.Write(0, head);
        _file.Flush();
        return (Hash(head, progress, cancellationToken), bypass != CacheBypass.None);
    }

    /// <summary>Gives the file its name.</summary>
    public void Publish()
    {
        _file.Dispose();
        WholeFile.Publish(Path);
        _isPublished = true;
    }

    /// <summary>Takes the file away, unless it has its name.</summary>
    public void Dispose()
    {
        _file.Dispose();
        if (!_isPublished)
        {
            File.Delete(PartPath);
        }
    }

    // Past the system's memory of it: what is held against the checksums is what is stored.
    private CacheBypass ReadBack(IncrementalHash control, Action<long> progress, CancellationToken cancellationToken)
    {
        using UncachedFile stored = UncachedFile.Open(PartPath);
        AlignedBuffer buffer = new(BufferLength);
        for (long position = ParVolume.UsualDataOffset; position < stored.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = stored.Read(position, buffer.Span);
            Compare(position - ParVolume.UsualDataOffset, buffer.Span[..count]);
            control.AppendData(buffer.Span[..count]);
            position += count;
            progress(position);
        }

        return stored.Bypass;
    }

    private string Hash(ReadOnlySpan<byte> head, Action<long> progress, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        byte[] buffer = new byte[BufferLength];
        for (long position = head.Length; position < _file.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = _file.Read(position, buffer);
            Compare(position - ParVolume.UsualDataOffset, buffer.AsSpan(0, count));
            hash.AppendData(buffer.AsSpan(0, count));
            position += count;
            progress(_file.Length + position);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Compare(long position, ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at < bytes.Length; at += PieceSums.PieceLength)
        {
            if (!Pieces.Holds(position + at, bytes[at..Math.Min(at + PieceSums.PieceLength, bytes.Length)]))
            {
                throw SetFailures.ReadsBackDifferently(Path);
            }
        }

        if (bytes.IsEmpty)
        {
            throw SetFailures.ReadsBackDifferently(Path); // it ends too soon
        }
    }
}
