// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Udf;

/// <summary>Finds one file identifier descriptor after the other in a directory that may be damaged (ECMA-167 4/8.6).</summary>
/// <remarks>Where one can't be read, the next one is looked for: they begin at multiples of four bytes, with a tag that adds up.</remarks>
internal sealed class DirectoryBytes : IDisposable
{
    // A descriptor is no longer than a block (UDF 2.60 §2.3.4), of at most 4096 bytes; and each of a thousand directories one in the
    // other has such a buffer.
    private const int LargestBuffer = 8 * 1024;

    private readonly UdfVolume _volume;
    private readonly Medium _medium;
    private readonly VolumeEntry _directory;
    private readonly Findings _findings;
    private readonly ContentStream _content;
    private readonly byte[] _buffer;
    private ContentStream? _mirror;
    private bool _isIntact;
    private int _from;
    private int _end;
    private int _length;
    private long _offset;

    public DirectoryBytes(Medium medium, UdfVolume volume, VolumeEntry directory, Findings findings)
    {
        _volume = volume;
        _medium = medium;
        _directory = directory;
        _findings = findings;
        _content = new(medium, directory.Extents, Math.Min(directory.Size, directory.Extents.Sum(extent => extent.Length)));
        _buffer = new byte[(int)Math.Min(_content.Length, LargestBuffer)];
    }

    /// <summary>Moves to the next descriptor.</summary>
    /// <param name="position">Where on the disc it begins.</param>
    /// <returns>False at the end of the directory.</returns>
    public bool TryNext(out long position)
    {
        _from += _length;
        _offset += _length;
        _length = 0;
        position = 0;
        bool isReported = false;
        while (true)
        {
            Refill();
            Span<byte> rest = _buffer.AsSpan(_from, _end - _from);
            if (rest.Length < FileIdentifier.FixedLength && rest.IndexOfAnyExcept((byte)0) < 0)
            {
                return false;
            }

            _isIntact = IsIntact(rest) || TryMirror(rest);
            if (rest.Length >= FileIdentifier.FixedLength && DescriptorTag.Is(rest, TagId.FileIdentifier)
                && FileIdentifier.LengthOf(rest) <= rest.Length)
            {
                _length = FileIdentifier.LengthOf(rest);
                position = PositionOf(_offset);
                return true;
            }

            // Nothing but descriptors belongs here, one behind the other (4/8.6): zeros are lost ones, too.
            if (!isReported)
            {
                _findings.Add(UdfRules.DirectoryReadable, PositionOf(_offset), $"no file identifier at byte {_offset} of {_directory.Path}");
                isReported = true;
            }

            if (rest.Length < FileIdentifier.FixedLength)
            {
                return false;
            }

            // A tag does not begin with zero; holes of gigabytes may lie in front of the next one.
            int zeros = rest.IndexOfAnyExcept((byte)0);
            int step = Math.Max(4, (zeros < 0 ? rest.Length : zeros) & ~3);
            _from += step;
            _offset += step;
        }
    }

    /// <summary>Reads the descriptor that <see cref="TryNext"/> found.</summary>
    /// <param name="position">Where on the disc it begins.</param>
    /// <param name="identifier">The descriptor.</param>
    /// <param name="isIntact">Whether it is what was recorded: otherwise its name may be another one.</param>
    public bool TryRead(long position, out FileIdentifier identifier, out bool isIntact)
    {
        isIntact = _isIntact;
        if (isIntact)
        {
            identifier = FileIdentifier.OfIntact(_buffer.AsSpan(_from, _length));
            return true;
        }

        _findings.Add(UdfRules.DirectoryReadable, position, $"a name in the directory {_directory.Path} is not what was recorded");
        return FileIdentifier.TryRead(_buffer.AsSpan(_from, _length), position, _findings, out identifier);
    }

    public void Dispose()
    {
        _content.Dispose();
        _mirror?.Dispose();
    }

    private static bool IsIntact(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= FileIdentifier.FixedLength && DescriptorTag.Is(bytes, TagId.FileIdentifier)
        && FileIdentifier.LengthOf(bytes) is var length && length <= bytes.Length && DescriptorTag.IsIntactAs(bytes[..length]);

    // The metadata file is recorded twice (UDF 2.60 §2.2.13), and with it the directories that lie in it.
    private bool TryMirror(Span<byte> rest)
    {
        if (_mirror is null)
        {
            Extent[] extents = _volume.MirrorOf(_directory);
            _mirror = new(_medium, extents, extents.Length == 0 ? 0 : _content.Length);
        }

        byte[] bytes = new byte[(int)Math.Min(Math.Min(rest.Length, _volume.BlockSize), Math.Max(0, _mirror.Length - _offset))];
        int lost = _mirror.Unreadable.Count;
        _mirror.Position = _offset;
        if (bytes.Length == 0 || !_medium.TrySpend(bytes.Length) || _mirror.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length
            || _mirror.Unreadable.Count > lost || !IsIntact(bytes))
        {
            return false;
        }

        bytes.AsSpan(0, FileIdentifier.LengthOf(bytes)).CopyTo(rest);
        _findings.Add(UdfRules.MirrorAgrees, PositionOf(_offset), $"byte {_offset} of the directory {_directory.Path} is read from the mirror of the metadata");
        return true;
    }

    private void Refill()
    {
        if (_end - _from >= LargestBuffer / 2 || _content.Position == _content.Length)
        {
            return;
        }

        _buffer.AsSpan(_from, _end - _from).CopyTo(_buffer);
        _end -= _from;
        _from = 0;
        int before = _content.Unreadable.Count;
        if (_end == 0)
        {
            long skipped = _content.SkipZeros();
            _content.Position -= skipped % 4;
            _offset += skipped - (skipped % 4);
        }

        _end += _content.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        if (_content.Unreadable.Count > before && _volume.MirrorOf(_directory).Length == 0)
        {
            _findings.Add(UdfRules.DirectoryReadable, PositionOf(_content.Unreadable[^1].Position), $"part of the directory {_directory.Path} can't be read");
        }
    }

    private long PositionOf(long offset) => _content.PositionOnDisc(offset);
}
