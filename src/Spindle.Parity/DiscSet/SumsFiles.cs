// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.DiscSet;

/// <summary>The files that the sums of an open set are kept in: the rows, a checksum of each of their pieces, and a journal.</summary>
/// <remarks>
/// The journal has no bytes of the sums, which would be written twice, but checksums: of each piece as it was and as it is to be. They are flushed before
/// the sums are touched, which are flushed when all places of the journal are taken. Who comes after a kill reads the same bytes of the disc again, and brings each
/// piece from whatever it is to what it is to be (<see cref="TornPiece"/>).
/// </remarks>
internal sealed class SumsFiles : IDisposable
{
    private const int Slots = 16;

    private readonly IImageStorage[] _rows;
    private readonly IImageStorage _sums;
    private readonly IImageStorage _disc;
    private readonly IImageStorage _journal;
    private int _unflushed; // windows since all was stored

    /// <param name="folder">The folder of the files.</param>
    /// <param name="rows">Rows of parity.</param>
    /// <param name="open">Opens a file, or makes it.</param>
    public SumsFiles(string folder, int rows, Func<string, IImageStorage> open)
    {
        _rows = [.. Enumerable.Range(1, rows).Select(row => open(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{row}.sum"))))];
        _sums = open(Path.Combine(folder, "sums.crc32c"));
        _disc = open(Path.Combine(folder, "adding.crc32c"));
        _journal = open(Path.Combine(folder, "journal"));
    }

    /// <summary>Bytes that each row has.</summary>
    public long Length => _rows[0].Length;

    private int Rows => _rows.Length;

    /// <summary>Makes a window of the sums what it is to be, whatever happens meanwhile.</summary>
    /// <param name="window">The window.</param>
    /// <param name="rows">Its rows, one behind the other, each as long as the window is at most.</param>
    /// <param name="stride">Bytes from the start of one row to that of the next.</param>
    public void Commit(SumsWindow window, ReadOnlySpan<byte> rows, int stride)
    {
        if (_unflushed == Slots)
        {
            Flush();
        }

        _unflushed++;
        _journal.Write(window.Disc.Done / SetSums.WindowLength(Rows) % Slots * SumsWindow.HeadLength, window.HeadBytes());
        _journal.Flush();
        Apply(window, rows, stride);
    }

    /// <summary>Windows of a disc that was being added, which may be in the sums, or not, or in part; without gaps, the last one last.</summary>
    /// <param name="before">Discs that are in the sums: a window of an earlier addition is over.</param>
    public IReadOnlyList<SumsWindow> Pending(int before)
    {
        List<SumsWindow> windows = [];
        byte[] head = new byte[SumsWindow.HeadLength];
        for (int slot = 0; slot < Slots; slot++)
        {
            if (_journal.Read((long)slot * head.Length, head) == head.Length && SumsWindow.TryRead(head) is { } window && window.Rows == Rows && window.Before == before)
            {
                windows.Add(window);
            }
        }

        windows.Sort((one, other) => one.Disc.Done.CompareTo(other.Disc.Done));
        int first = windows.Count - 1;
        while (first > 0 && windows[first - 1].Disc.Done == windows[first].Disc.Done - SetSums.WindowLength(Rows))
        {
            first--;
        }

        return first < 0 ? [] : windows[first..];
    }

    /// <summary>Reads a part of a row as it is, whatever it was to be; zeros where it ends before.</summary>
    public void ReadAsIs(int row, long position, Span<byte> bytes) => bytes[_rows[row].Read(position, bytes)..].Clear();

    /// <summary>Writes a part of a row of sums that nobody has begun to add to.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="position">First byte; a multiple of a piece.</param>
    /// <param name="pieces">Whole pieces.</param>
    public void Fill(int row, long position, ReadOnlySpan<byte> pieces)
    {
        uint[] found = new uint[pieces.Length / PieceSums.PieceLength];
        Crc32C.OfPieces(pieces, PieceSums.PieceLength, found);
        _rows[row].Write(position, pieces);
        byte[] sum = new byte[sizeof(uint)];
        foreach ((int piece, uint value) in found.Index())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(sum, value);
            _sums.Write(SumsAt(position) + (((piece * Rows) + row) * sizeof(uint)), sum);
        }
    }

    /// <summary>Makes the rows empty again.</summary>
    public void Clear()
    {
        foreach (IImageStorage file in (IImageStorage[])[.. _rows, _sums, _disc])
        {
            file.SetLength(0);
        }
    }

    /// <summary>Waits until all that was written is stored.</summary>
    public void Flush()
    {
        foreach (IImageStorage file in (IImageStorage[])[.. _rows, _sums, _disc])
        {
            file.Flush();
        }

        _unflushed = 0;
    }

    /// <summary>Reads a part of a row; zeros where it ends before.</summary>
    /// <param name="row">Which, from 0.</param>
    /// <param name="position">First byte; a multiple of a piece.</param>
    /// <param name="bytes">Whole pieces.</param>
    /// <param name="found">Gets the checksums of the pieces.</param>
    /// <returns>Whether all is what was written.</returns>
    public bool TryRead(int row, long position, Span<byte> bytes, Span<uint> found)
    {
        int count = (int)Math.Clamp(Length - position, 0, bytes.Length);
        bytes[count..].Clear();
        if (_rows[row].Read(position, bytes[..count]) < count)
        {
            return false;
        }

        int pieces = count / PieceSums.PieceLength;
        byte[] sums = new byte[pieces * Rows * sizeof(uint)];
        if (_sums.Read(SumsAt(position), sums) < sums.Length)
        {
            return false;
        }

        Crc32C.OfPieces(bytes, PieceSums.PieceLength, found);
        for (int piece = 0; piece < pieces; piece++)
        {
            if (found[piece] != BinaryPrimitives.ReadUInt32LittleEndian(sums.AsSpan(((piece * Rows) + row) * sizeof(uint))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The checksums of the pieces of the disc that was being added, as far as it is in the sums.</summary>
    public uint[] DiscSums(int pieces)
    {
        byte[] bytes = new byte[pieces * sizeof(uint)];
        int count = _disc.Read(0, bytes) / sizeof(uint);
        return [.. Enumerable.Range(0, count).Select(piece => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(piece * sizeof(uint))))];
    }

    public void Dispose()
    {
        foreach (IImageStorage file in (IImageStorage[])[.. _rows, _sums, _disc, _journal])
        {
            file.Dispose();
        }
    }

    /// <summary>Writes a window where it belongs.</summary>
    public void Apply(SumsWindow window, ReadOnlySpan<byte> rows, int stride)
    {
        byte[] sums = new byte[window.Pieces * Rows * sizeof(uint)];
        byte[] disc = new byte[window.Pieces * sizeof(uint)];
        for (int piece = 0; piece < window.Pieces; piece++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(disc.AsSpan(piece * sizeof(uint)), window.Sums[piece]);
            for (int row = 0; row < Rows; row++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(((piece * Rows) + row) * sizeof(uint)), window.Sums[((1 + row) * window.Pieces) + piece]);
            }
        }

        for (int row = 0; row < Rows; row++)
        {
            _rows[row].Write(window.Disc.Done, rows.Slice(row * stride, window.Length));
        }

        _sums.Write(SumsAt(window.Disc.Done), sums);
        _disc.Write(window.Disc.Done / PieceSums.PieceLength * sizeof(uint), disc);
    }

    private long SumsAt(long position) => position / PieceSums.PieceLength * Rows * sizeof(uint);
}
