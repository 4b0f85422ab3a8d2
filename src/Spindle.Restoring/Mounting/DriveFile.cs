// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Restoring.Mounting;

/// <summary>A content that is read from discs: each part from any copy that gives it, and held against its hash where it is read from its beginning to its end.</summary>
/// <remarks>A small one is read and proven when it is opened. Of a large one the last bytes fail, if it is not what was archived; so a copy of it fails, too.</remarks>
internal sealed class DriveFile : MountedFile
{
    private const int SmallFile = 128 << 10; // bytes
    private const long MostKept = 64 << 20; // bytes of small files that are open at a time

    private static long _kept;

    private readonly DriveShelf _shelf;
    private readonly PlacedContent _content;
    private readonly IEnumerator<ShelvedPlace>?[] _places;
    private readonly Lock _lock = new();
    private readonly ReadingProof? _proof;
    private byte[]? _whole;

    public DriveFile(DriveShelf shelf, PlacedContent content, IReadOnlyList<(long Offset, long Length)>? runs)
    {
        (_shelf, _content, DataRuns) = (shelf, content, runs);
        _places = new IEnumerator<ShelvedPlace>?[content.Parts.Count];
        _proof = content.Size > SmallFile ? new(content.Algorithm, content.Hash, content.Size) : null;
    }

    public override long Length => _content.Size;

    public override bool KeepsCached => !_shelf.IsDistrusted(_content.Number);

    public override IReadOnlyList<(long Offset, long Length)>? DataRuns { get; }

    /// <summary>Opens it.</summary>
    /// <param name="isWhole">Whether all of its discs must be at hand, and not the first one only.</param>
    public MountedState Begin(bool isWhole)
    {
        lock (_lock)
        {
            if (_content.Size <= SmallFile)
            {
                return BeginSmall();
            }

            foreach (int part in Enumerable.Range(0, isWhole ? _places.Length : 1))
            {
                if (!MoveOn(part))
                {
                    return Away(part);
                }
            }

            return MountedState.Here;
        }
    }

    public override MountedState Read(long offset, Span<byte> buffer)
    {
        lock (_lock)
        {
            if (_whole is { } whole)
            {
                whole.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
                return MountedState.Here;
            }

            MountedState state = ReadParts(offset, buffer);
            if (state == MountedState.Here && _proof?.Add(offset, buffer) == false)
            {
                _shelf.Distrust(_content.Number);
                return MountedState.Lost;
            }

            return state;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (IEnumerator<ShelvedPlace>? places in _places)
            {
                places?.Dispose();
            }

            _proof?.Dispose();
            if (_whole is not null)
            {
                Interlocked.Add(ref _kept, -_whole.Length);
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Tries all places until one gives what was archived.</summary>
    private MountedState BeginSmall()
    {
        byte[] bytes = new byte[_content.Size];
        MountedState state;
        while ((state = ReadParts(0, bytes)) == MountedState.Here)
        {
            if (IsRight(bytes))
            {
                if (Interlocked.Add(ref _kept, bytes.Length) <= MostKept)
                {
                    _whole = bytes;
                }
                else
                {
                    Interlocked.Add(ref _kept, -bytes.Length);
                }

                return MountedState.Here;
            }

            // In parts it can't be known which one is wrong: the first is as likely as any.
            if (!MoveOn(0))
            {
                return MountedState.Lost;
            }
        }

        return state;
    }

    private bool IsRight(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        int length = _content.Algorithm == HashAlgorithmName.SHA256 ? SHA256.HashData(bytes, hash) : SHA512.HashData(bytes, hash);
        return hash[..length].SequenceEqual(_content.Hash);
    }

    private MountedState ReadParts(long offset, Span<byte> buffer)
    {
        for (int index = 0; index < _content.Parts.Count && !buffer.IsEmpty; index++)
        {
            ContentPart part = _content.Parts[index];
            if (offset < part.Offset || offset >= part.Offset + part.Length)
            {
                continue;
            }

            Span<byte> piece = buffer[..(int)Math.Min(buffer.Length, part.Offset + part.Length - offset)];
            if (ReadPart(index, offset - part.Offset, piece) is not MountedState.Here and var state)
            {
                return state;
            }

            offset += piece.Length;
            buffer = buffer[piece.Length..];
        }

        return buffer.IsEmpty ? MountedState.Here : MountedState.Lost; // the catalogue lacks a part
    }

    private MountedState ReadPart(int part, long offset, Span<byte> buffer)
    {
        bool isTried = _places[part] is not null;
        bool isAnew = false;
        if (!isTried && !MoveOn(part))
        {
            return Away(part);
        }

        while (true)
        {
            ShelvedPlace place = _places[part]!.Current;
            if (place.TryRead(offset, buffer))
            {
                return MountedState.Here;
            }

            _shelf.Doubt(place.Disc);
            if (MoveOn(part))
            {
                continue;
            }

            // All were tried from here on; those before it, once more: the disc may have been out of the drive for a moment.
            if (isTried && !isAnew && MoveOn(part))
            {
                isAnew = true;
                continue;
            }

            return _content.Parts[part].Discs.All(_shelf.Has) ? MountedState.Lost : Away(part);
        }
    }

    private MountedState Away(int part)
    {
        _shelf.Want(_content.Parts[part].Discs);
        return MountedState.Away;
    }

    /// <summary>Goes on to the next place that may have a part; behind the last, the next time begins anew.</summary>
    private bool MoveOn(int part)
    {
        IEnumerator<ShelvedPlace> places = _places[part] ??= _shelf.Places(_content, _content.Parts[part]).GetEnumerator();
        if (places.MoveNext())
        {
            return true;
        }

        places.Dispose();
        _places[part] = null;
        return false;
    }
}
