// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>A list for millions of small items: it grows in pieces, so that nothing is copied, or held twice, while it grows.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class LargeList<T>
    where T : struct
{
    private const int PieceBits = 14;
    private const int PieceLength = 1 << PieceBits;
    private const int FirstLength = 64;

    private T[][] _pieces = [new T[FirstLength]];

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>An item.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public ref T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)index), (uint)Count, nameof(index));
            return ref _pieces[index >> PieceBits][index & (PieceLength - 1)];
        }
    }

    /// <summary>Adds an item at the end.</summary>
    /// <param name="item">What to add.</param>
    public void Add(in T item)
    {
        int piece = Count >> PieceBits;
        int place = Count & (PieceLength - 1);
        if (piece == _pieces.Length)
        {
            Array.Resize(ref _pieces, 2 * _pieces.Length);
        }

        if (_pieces[piece] is null)
        {
            _pieces[piece] = new T[PieceLength];
        }
        else if (place == _pieces[piece].Length)
        {
            Array.Resize(ref _pieces[piece], 2 * place); // the first piece of a short list
        }

        _pieces[piece][place] = item;
        Count++;
    }
}
