// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Catalogue.Exchange;

namespace Spindle.Catalogue.Documents;

/// <summary>One of a disc's lists or texts as a stream; zeros stand for what can't be read.</summary>
/// <param name="content">Its bytes; closed with the stream.</param>
/// <param name="told">Gets the SHA-256 of all of it, when its end was read; null for nobody.</param>
internal sealed class DiscDocument(DiscContent content, Action<byte[]>? told = null) : ForwardStream
{
    // Whole sectors, whatever pieces it is asked for: no sector of a slow drive is read twice.
    private const int PieceLength = 256 << 10;

    private readonly byte[] _piece = new byte[(int)Math.Min(PieceLength, content.Length)];
    private readonly List<ByteRange> _unreadable = [];
    private readonly IncrementalHash? _hash = told is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _position;
    private bool _isTold;
    private int _taken;
    private int _filled;

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _filled)
        {
            (_taken, _filled) = (0, (int)Math.Min(_piece.Length, content.Length - _position));
            content.Read(_position, _piece.AsSpan(0, _filled), _unreadable);
            _position += _filled;
            _hash?.AppendData(_piece, 0, _filled);
            if (_filled == 0 && _hash is not null && !_isTold)
            {
                _isTold = true;
                told!(_hash.GetHashAndReset());
            }
        }

        int count = Math.Min(buffer.Length, _filled - _taken);
        _piece.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _hash?.Dispose();
        }

        base.Dispose(disposing);
    }
}
