// SPDX-License-Identifier: MIT
using System.Globalization;
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
    private readonly Dictionary<long, SumsWindow> _pending; // windows that may be in the sums in part, by where they begin
    private readonly uint[] _earlier; // of what was in the sums before it was cut off
    private readonly int _window;
    private int _filled;

    internal SetAddition((SetSums Sums, SumsFiles Files, IReadOnlyList<SumsWindow> Pending) where, BegunDisc disc, byte[] ofRows)
    {
        (SetSums sums, SumsFiles files) = (where.Sums, where.Files);
        (_sums, _files, _disc) = (sums, files, disc);
        _pending = where.Pending.ToDictionary(window => window.Disc.Done);
        _hashes = new(disc.Length);
        _window = (int)Math.Min(SetSums.WindowLength(sums.Rows), (disc.Length + PieceSums.PieceLength - 1) / PieceSums.PieceLength * PieceSums.PieceLength);
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

        // Hashes take one processor, sums another.
        Task hashed = _hashes.AppendAsync(_memory.AsMemory(0, _filled));
        try
        {
            uint[] sums = SumsOf(Window[.._filled]);
            if (_pending.TryGetValue(position, out SumsWindow? pending))
            {
                Compare(position, sums, pending.Sums.AsSpan(0, pending.Pieces));
                Settle(pending);
            }
            else if (position >= _disc.Done)
            {
                Add(position, sums);
            }
            else
            {
                int first = (int)(position / PieceSums.PieceLength);
                Compare(position, sums, _earlier.AsSpan(Math.Min(first, _earlier.Length)));
            }
        }
        finally
        {
            hashed.GetAwaiter().GetResult();
        }

        _filled = 0;
    }

    // What is in the sums already must be the same again: else they are of a disc that nobody has.
    private void Compare(long position, ReadOnlySpan<uint> sums, ReadOnlySpan<uint> earlier)
    {
        if (earlier.Length < sums.Length || !sums.SequenceEqual(earlier[..sums.Length]))
        {
            throw Failures.ImageChanged(string.Create(CultureInfo.InvariantCulture, $"{_disc.Name} (from byte {position} on)"));
        }
    }

    private int[] Targets => [.. Enumerable.Range(1, _sums.Rows).Select(row => row * _window)];

    private void Add(long position, uint[] ofDisc)
    {
        int pieces = ofDisc.Length;
        int length = pieces * PieceSums.PieceLength;
        Window[_filled..length].Clear();
        int[] targets = Targets;
        uint[] sums = new uint[(1 + (2 * _sums.Rows)) * pieces];
        ofDisc.CopyTo(sums, 0);
        bool isFirst = _sums.Discs.Count == 0;
        for (int row = 0; row < _sums.Rows; row++)
        {
            if (isFirst)
            {
                _memory.AsSpan(targets[row], length).Clear();
            }
            else
            {
                _sums.Read(row, position, _memory.AsSpan(targets[row], length), sums.AsSpan((1 + _sums.Rows + row) * pieces, pieces));
            }
        }

        _product.AddTo(_memory, [0], targets, length);
        for (int row = 0; row < _sums.Rows; row++)
        {
            Crc32C.OfPieces(_memory.AsSpan(targets[row], length), PieceSums.PieceLength, sums.AsSpan((1 + row) * pieces, pieces));
        }

        SumsWindow window = new(_sums.Rows, _sums.Discs.Count, _disc with { Done = position }, length, sums);
        if (isFirst)
        {
            _files.Apply(window, _memory.AsSpan(_window), _window); // there is nothing yet that could be lost: who is killed begins anew
        }
        else
        {
            _files.Commit(window, _memory.AsSpan(_window), _window);
        }
    }

    // Each piece of the rows is as it was, or as it is to be, or some of both.
    private void Settle(SumsWindow window)
    {
        Window[_filled..window.Length].Clear();
        int[] targets = Targets;
        _memory.AsSpan(_window).Clear();
        _product.AddTo(_memory, [0], targets, window.Length);
        byte[] found = new byte[PieceSums.PieceLength];
        for (int row = 0; row < _sums.Rows; row++)
        {
            for (int piece = 0; piece < window.Pieces; piece++)
            {
                int at = piece * PieceSums.PieceLength;
                _files.ReadAsIs(row, window.Disc.Done + at, found);
                Span<byte> change = _memory.AsSpan(targets[row] + at, found.Length);
                if (!TornPiece.TryMend(found, change, (window.BeforeIn(row, piece), window.After(row, piece))))
                {
                    throw Failures.SumsDamaged(_sums.Folder);
                }

                found.CopyTo(change);
            }
        }

        _files.Apply(window, _memory.AsSpan(_window), _window);
        _files.Flush(); // before its place in the journal is another window's
    }

    private static uint[] SumsOf(ReadOnlySpan<byte> pieces)
    {
        uint[] sums = new uint[(pieces.Length + PieceSums.PieceLength - 1) / PieceSums.PieceLength];
        Crc32C.OfPieces(pieces, PieceSums.PieceLength, sums);
        return sums;
    }
}
