// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Numerics;
using System.Security.Cryptography;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Reads an image front to back, ahead of whoever takes it, and takes its digests on the way: a drive that waits for its image spoils discs.</summary>
internal sealed class ImageFeed : IDisposable
{
    private const int Buffers = 16;

    private readonly string _image;
    private readonly long _length;
    private readonly BlockingCollection<(AlignedBuffer Buffer, int Length)> _full = new(Buffers);
    private readonly BlockingCollection<AlignedBuffer> _empty = new(Buffers);
    private readonly CancellationTokenSource _end = new();
    private readonly Thread _reader;
    private readonly bool _isHashed;
    private uint _crc;
    private AlignedBuffer? _taken;
    private string? _sha256;
    private bool _isRead;
    private OperationFailedException? _failed;

    /// <summary>Begins to read.</summary>
    /// <param name="image">The image.</param>
    /// <param name="length">Bytes that it had when it was measured.</param>
    /// <param name="piece">Bytes that are handed out at a time.</param>
    /// <param name="isHashed">Whether its SHA-256 is taken, too, which costs as much time of a processor as all else.</param>
    public ImageFeed(string image, long length, int piece, bool isHashed)
    {
        (_image, _length, _isHashed) = (image, length, isHashed);
        for (int i = 0; i < Buffers; i++)
        {
            _empty.Add(new(piece));
        }

        _reader = new(Read) { IsBackground = true, Name = "image" };
        _reader.Start();
    }

    /// <summary>SHA-256 of the image, once all of it was taken.</summary>
    public string Sha256 => _sha256 ?? throw new InvalidOperationException("the image is not read to its end");

    /// <summary>CRC-32C of the image, once all of it was taken: tells whether it is the same as before, which a hash proved.</summary>
    public uint Crc => _isRead ? _crc : throw new InvalidOperationException("the image is not read to its end");

    /// <summary>The next piece, which is good until the one after it is taken; empty at the end of the image.</summary>
    /// <exception cref="OperationFailedException"><c>no-source</c>, <c>image-changed</c>: the image cannot be read, or has become shorter.</exception>
    public ReadOnlySpan<byte> Take(CancellationToken stop)
    {
        if (_taken is not null)
        {
            _empty.Add(_taken, CancellationToken.None);
            _taken = null;
        }

        if (!_full.TryTake(out (AlignedBuffer Buffer, int Length) next, Timeout.Infinite, stop))
        {
            return _failed is null ? [] : throw _failed;
        }

        _taken = next.Buffer;
        return next.Buffer.Span[..next.Length];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _reader.Join();
        _full.Dispose();
        _empty.Dispose();
        _end.Dispose();
    }

    private void Read()
    {
        try
        {
            using FileStream file = new(_image, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite, BufferSize = 0, Options = FileOptions.SequentialScan });
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (long done = 0; done < _length;)
            {
                AlignedBuffer buffer = _empty.Take(_end.Token);
                int wanted = (int)Math.Min(buffer.Length, _length - done);
                int read = file.ReadAtLeast(buffer.Span[..wanted], wanted, throwOnEndOfStream: false);
                if (read < wanted)
                {
                    throw Failures.Of(Failures.ImageChanged(_image));
                }

                _crc = Crc32C(_crc, buffer.Span[..read]);
                if (_isHashed)
                {
                    hash.AppendData(buffer.Span[..read]);
                }

                _full.Add((buffer, read), _end.Token);
                done += read;
            }

            _isRead = file.Length == _length ? true : throw Failures.Of(Failures.ImageChanged(_image));
            _sha256 = _isHashed ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
        }
        catch (OperationCanceledException)
        {
            // Nobody takes it any more.
        }
        catch (OperationFailedException e)
        {
            _failed = e;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _failed = Failures.NoImage(_image, e);
        }
        finally
        {
            _full.CompleteAdding();
        }
    }

    /// <summary>Processors have an instruction for this one.</summary>
    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
