// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Checksums;
using Spindle.Parity.Galois;

namespace Spindle.Parity.DiscSet;

/// <summary>A disc on its way into the sums of its set: its bytes pass once, from front to back.</summary>
public sealed class SetAddition : IDisposable
{
    private readonly SetSums _sums;
    private readonly SumsFiles _files;
    private readonly BegunDisc _disc;
    private readonly DiscHashes _hashes;
    private readonly GaloisProduct _product;
    private readonly byte[] _memory; // a window of the disc, and of each sum behind it
    private readonly uint[] _earlier; // of what was in the sums before it was cut off
    private readonly int _window;
    private int _filled;

    internal SetAddition(SetSums sums, SumsFiles files, BegunDisc disc, byte[] ofRows)
    {
        (_sums, _files, _disc) = (sums, files, disc);
        _hashes = new(disc.Length);
        _window = (int)Math.Min(SetSums.WindowLength, (disc.Length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * PieceSums.PieceLength);
        _memory = new byte[(1 + sums.Rows) * _window];
        _earlier = files.DiscSums((int)((disc.Done + PieceSums.PieceLength - 1) / PieceSums.PieceLength));
        GaloisMatrix coefficients = new(GaloisField.Of11D, sums.Rows, 1);
        foreach ((int row, byte coefficient) in ofRows.Index())
        {
            coefficients[row, 0] = coefficient;
        }

        _product = new(coefficients);
    }

    private Span<byte> Window => _memory.AsSpan(0, _window);

    /// <summary>Takes the next bytes of the disc.</summary>
    /// <exception cref="OperationFailedException"><c>image-changed</c>: it is not what it was when adding it was cut off; <c>sums-damaged</c>; there is no room.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _window - _filled);
            bytes[..count].CopyTo(Window[_filled..]);
            _filled += count;
            bytes = bytes[count..];
            if (_filled == _window)
            {
                Commit();
            }
        }
    }

    /// <summary>Takes what lies behind the disc's bytes in its image: parity of its own, which is not in the sums.</summary>
    public void AppendBehind(ReadOnlySpan<byte> bytes)
    {
        Flush();
        _hashes.AppendBehind(bytes);
    }

    /// <summary>Ends it, when all bytes have passed: now the disc is in.</summary>
    /// <exception cref="OperationFailedException">As <see cref="Append"/>; <c>image-changed</c>, too, where the disc ended before its length.</exception>
    /// <param name="inner">Roots and sectors of the parity behind it; null where it has none.</param>
    /// <param name="sha256">SHA-256 that its whole image must have, or it does not get in: hexadecimal, small letters; null where nobody knows.</param>
    public SummedDisc Complete((int Roots, long TotalSectors)? inner = null, string? sha256 = null)
    {
        Flush();
        if (_hashes.Position != _disc.Length)
        {
            throw Failures.ImageChanged(_disc.Name);
        }

        SummedDisc disc = _hashes.Complete(_disc.Place, _disc.Name, inner);
        if (sha256 is not null && sha256 != disc.ImageSha256)
        {
            throw Failures.ImageDiffers(_disc.Name);
        }

        _sums.Enter(disc, _hashes.Pieces);
        return disc;
    }

    /// <inheritdoc/>
    public void Dispose() => _hashes.Dispose();

    private void Flush()
    {
        if (_filled > 0)
        {
            Commit();
        }
    }

    private void Commit()
    {
        long position = _hashes.Position;
        if (position + _filled > _disc.Length)
        {
            throw Failures.ImageChanged(_disc.Name);
        }

        _hashes.Append(Window[.._filled]);
        if (position >= _disc.Done)
        {
            Add(position);
        }
        else
        {
            Compare(position);
        }

        _filled = 0;
    }

    // What is in the sums already must be the same again: else they are of a disc that nobody has.
    private void Compare(long position)
    {
        int first = (int)(position / PieceSums.PieceLength);
        for (int piece = first; piece < first + Pieces; piece++)
        {
            if (piece >= _earlier.Length || _earlier[piece] != _hashes.Pieces[piece])
            {
                throw Failures.ImageChanged(_disc.Name);
            }
        }
    }

    private int Pieces => (_filled + PieceSums.PieceLength - 1) / PieceSums.PieceLength;

    private void Add(long position)
    {
        int length = Pieces * PieceSums.PieceLength;
        Window[_filled..length].Clear();
        int[] targets = [.. Enumerable.Range(1, _sums.Rows).Select(row => row * _window)];
        for (int row = 0; row < _sums.Rows; row++)
        {
            _sums.Read(row, position, _memory.AsSpan(targets[row], length));
        }

        _product.AddTo(_memory, [0], targets, length);
        int first = (int)(position / PieceSums.PieceLength);
        uint[] sums =
        [
            .. Enumerable.Range(first, Pieces).Select(piece => _hashes.Pieces[piece]),
            .. targets.SelectMany(target => SumsOf(_memory.AsSpan(target, length))),
        ];
        _files.Commit(new(_sums.Rows, _sums.Discs.Count, _disc with { Done = position }, length, sums), _memory.AsSpan(_window), _window);
    }

    private static uint[] SumsOf(ReadOnlySpan<byte> pieces)
    {
        uint[] sums = new uint[pieces.Length / PieceSums.PieceLength];
        Crc32C.OfPieces(pieces, PieceSums.PieceLength, sums);
        return sums;
    }
}
