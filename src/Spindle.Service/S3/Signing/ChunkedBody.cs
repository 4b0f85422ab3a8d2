// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spindle.Service.S3.Answers;

namespace Spindle.Service.S3.Signing;

/// <summary>A body in chunks of which each may be signed (<c>aws-chunked</c>): what it holds, without the lines between.</summary>
/// <remarks>"Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", Amazon S3 API Reference.</remarks>
internal sealed class ChunkedBody : Stream
{
    private const int LongestLine = 16 * 1024; // bytes
    private const int BufferLength = 64 * 1024;

    private readonly Stream _body;
    private readonly ChunkSigning? _signing;
    private readonly bool _hasTrailer;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _start, _end;
    private string _previous;
    private string _claimed = "";
    private long _left;
    private bool _isOver, _isInside;

    /// <summary>Reads a body.</summary>
    /// <param name="body">As it comes.</param>
    /// <param name="signing">How chunks are signed; null where they are not.</param>
    /// <param name="hasTrailer">Whether headers follow the last chunk.</param>
    public ChunkedBody(Stream body, ChunkSigning? signing, bool hasTrailer)
    {
        (_body, _signing, _hasTrailer) = (body, signing, hasTrailer);
        _previous = signing?.Seed ?? "";
    }

    /// <summary>The headers that followed the last chunk, by name in lower case; known at the end.</summary>
    public Dictionary<string, string> Trailer { get; } = [];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isOver)
        {
            if (_left > 0)
            {
                int read = await SomeAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
                if (_signing is not null)
                {
                    _hash.AppendData(buffer.Span[..read]);
                }

                _left -= read;
                return read;
            }

            if (_isInside)
            {
                CheckChunk();
                if ((await LineAsync(cancellationToken)).Length > 0)
                {
                    throw Broken();
                }
            }

            await BeginAsync(cancellationToken);
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }

    private static S3Exception Broken() => new(400, "InvalidChunkSizeError", "The body is not in the chunks that x-amz-content-sha256 announces.");

    private static S3Exception WrongSignature() => new(403, "SignatureDoesNotMatch", "The signature of a chunk does not match what was received.");

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        string line = await LineAsync(cancellationToken);
        int semicolon = line.IndexOf(';', StringComparison.Ordinal);
        string size = semicolon < 0 ? line : line[..semicolon];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0 || size.Length > 15)
        {
            throw Broken();
        }

        const string Name = ";chunk-signature=";
        _claimed = semicolon >= 0 && line.AsSpan(semicolon).StartsWith(Name, StringComparison.Ordinal) ? line[(semicolon + Name.Length)..] : "";
        _isInside = true;
        if (_left == 0)
        {
            CheckChunk();
            await EndAsync(cancellationToken);
        }
    }

    private void CheckChunk()
    {
        if (_signing is not { } signing)
        {
            return;
        }

        string right = signing.Signature.OfChunk(signing.Time, _previous, Convert.ToHexStringLower(_hash.GetHashAndReset()));
        _previous = SignatureV4.AreSame(right, _claimed) ? right : throw WrongSignature();
    }

    /// <summary>What follows the last chunk: headers, perhaps their signature, and an empty line.</summary>
    private async Task EndAsync(CancellationToken cancellationToken)
    {
        StringBuilder signed = new();
        string? signature = null;
        while (await LineAsync(cancellationToken) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (!_hasTrailer || colon <= 0 || Trailer.Count > 16)
            {
                throw Broken();
            }

            (string name, string value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name == "x-amz-trailer-signature")
            {
                signature = value;
            }
            else
            {
                Trailer[name] = value;
                signed.Append(name).Append(':').Append(value).Append('\n');
            }
        }

        if (_hasTrailer && _signing is { } signing && !SignatureV4.AreSame(signing.Signature.OfTrailer(signing.Time, _previous, signed.ToString()), signature ?? ""))
        {
            throw WrongSignature();
        }

        _isOver = true;
    }

    private async Task<int> SomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            if (buffer.Length >= BufferLength)
            {
                int direct = await _body.ReadAsync(buffer, cancellationToken);
                return direct > 0 ? direct : throw S3Exception.IncompleteBody();
            }

            await FillAsync(cancellationToken);
        }

        int length = Math.Min(buffer.Length, _end - _start);
        _buffer.AsMemory(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await _body.ReadAsync(_buffer, cancellationToken));
        if (_end == 0)
        {
            throw S3Exception.IncompleteBody();
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        while (true)
        {
            if (_start == _end)
            {
                await FillAsync(cancellationToken);
            }

            int found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            int length = found < 0 ? _end - _start : found;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += length;
            if (line.Length > LongestLine)
            {
                throw Broken();
            }

            if (found >= 0)
            {
                _start++;
                return line.ToString().TrimEnd('\r');
            }
        }
    }
}

/// <summary>How the chunks of a body are signed.</summary>
/// <param name="Signature">The key of the day.</param>
/// <param name="Time">The request's.</param>
/// <param name="Seed">The request's signature.</param>
internal sealed record ChunkSigning(SignatureV4 Signature, string Time, string Seed);
