// SPDX-License-Identifier: MIT
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Udf;

/// <summary>Finds one file identifier descriptor after the other in a directory that may be damaged (ECMA-167 4/8.6).</summary>
/// <remarks>Where one can't be read, the next one is looked for: they begin at multiples of four bytes, with a tag that adds up.</remarks>
internal sealed class DirectoryBytes : IDisposable
{
    // A descriptor is no longer than a block (UDF 2.60 §2.3.4), of at most 4096 bytes; and each of a thousand directories one in the
    // other has such a buffer.
    private const int LargestBuffer = 8 * 1024;

    private readonly VolumeEntry _directory;
    private readonly Findings _findings;
    private readonly ContentStream _content;
    private readonly byte[] _buffer;
    private int _from;
    private int _end;
    private int _length;
    private long _offset;

    public DirectoryBytes(Medium medium, VolumeEntry directory, Findings findings)
    {
        _directory = directory;
        _findings = findings;
        _content = new(medium, directory.Extents, Math.Min(directory.Size, directory.Extents.Sum(extent => extent.Length)));
        _buffer = new byte[(int)Math.Min(_content.Length, LargestBuffer)];
    }

    /// <summary>Moves to the next descriptor.</summary>
    /// <param name="position">Where on the disc it begins.</param>
    /// <returns>False at the end of the _directory.</returns>
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
            if (_end - _from < FileIdentifier.FixedLength)
            {
                return false;
            }

            ReadOnlySpan<byte> rest = _buffer.AsSpan(_from, _end - _from);
            if (DescriptorTag.Is(rest, TagId.FileIdentifier) && FileIdentifier.LengthOf(rest) <= rest.Length)
            {
                _length = FileIdentifier.LengthOf(rest);
                position = PositionOf(_offset);
                return true;
            }

            if (!isReported && rest[..FileIdentifier.FixedLength].IndexOfAnyExcept((byte)0) >= 0)
            {
                _findings.Add(UdfRules.DirectoryReadable, PositionOf(_offset), $"no file identifier at byte {_offset} of {_directory.Path}");
                isReported = true;
            }

            // A tag does not begin with zero; holes of gigabytes may lie in front of the next one.
            int zeros = rest.IndexOfAnyExcept((byte)0);
            int step = Math.Max(4, (zeros < 0 ? rest.Length : zeros) & ~3);
            _from += step;
            _offset += step;
        }
    }

    /// <summary>Reads the descriptor that <see cref="TryNext"/> found.</summary>
    public bool TryRead(long position, out FileIdentifier identifier) =>
        FileIdentifier.TryRead(_buffer.AsSpan(_from, _length), position, _findings, out identifier);

    public void Dispose() => _content.Dispose();

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
        if (_content.Unreadable.Count > before)
        {
            _findings.Add(UdfRules.DirectoryReadable, PositionOf(_content.Unreadable[^1].Position), $"part of the directory {_directory.Path} can't be read");
        }
    }

    private long PositionOf(long offset) => _content.PositionOnDisc(offset);
}
