// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.DiscSet;

/// <summary>A CRC-32C for each 64 KiB of something: finds the place of damage. Proof is the hash's job.</summary>
/// <param name="length">Bytes that are summed, at least 0; the last piece may be shorter.</param>
public sealed class PieceSums(long length)
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceLength = 64 << 10;

    private readonly uint[] _sums = new uint[checked((int)CountOf(length))];

    /// <summary>Bytes that are summed.</summary>
    public long Length => length;

    /// <summary>Pieces.</summary>
    public int Count => _sums.Length;

    /// <summary>The checksum of one piece.</summary>
    public uint this[int piece] => _sums[piece];

    /// <summary>Sums pieces.</summary>
    /// <param name="position">Where the first one begins; a multiple of <see cref="PieceLength"/>.</param>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    public void Set(long position, ReadOnlySpan<byte> bytes) =>
        Crc32C.OfPieces(bytes, PieceLength, _sums.AsSpan(PieceAt(position), (bytes.Length + PieceLength - 1) / PieceLength));

    /// <summary>Whether a piece is what was summed.</summary>
    /// <param name="position">Where it begins; a multiple of <see cref="PieceLength"/>.</param>
    /// <param name="bytes">All of it.</param>
    public bool Holds(long position, ReadOnlySpan<byte> bytes) => _sums[PieceAt(position)] == Crc32C.Of(bytes);

    /// <summary>As a file has them: little-endian, one behind the other.</summary>
    public byte[] ToBytes()
    {
        byte[] bytes = new byte[_sums.Length * sizeof(uint)];
        for (int piece = 0; piece < _sums.Length; piece++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(piece * sizeof(uint)), _sums[piece]);
        }

        return bytes;
    }

    /// <summary>Reads the file of them.</summary>
    /// <param name="bytes">All of the file.</param>
    /// <param name="length">Bytes that were summed.</param>
    /// <returns>Null where the file has another length than it must have.</returns>
    public static PieceSums? TryRead(ReadOnlySpan<byte> bytes, long length)
    {
        if (length < 0 || bytes.Length != CountOf(length) * sizeof(uint))
        {
            return null;
        }

        PieceSums sums = new(length);
        for (int piece = 0; piece < sums.Count; piece++)
        {
            sums._sums[piece] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(piece * sizeof(uint))..]);
        }

        return sums;
    }

    private static long CountOf(long length) => (length / PieceLength) + (length % PieceLength == 0 ? 0 : 1);

    private static int PieceAt(long position) => checked((int)(position / PieceLength));
}
