// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.DiscSet;

/// <summary>One window of the sums while a disc is added to them: checksums of what they were there, and of what they are to be.</summary>
/// <remarks>
/// In a journal, little-endian: <c>SPINDLE SUMS 2</c> and two zeros; CRC-32C of the rest of the head (4); rows (4); discs that were in the sums (4);
/// place of the one that is added (4); position (8); bytes of each row (4); length of the disc (8); length of its name (4), its name; CRC-32C of each
/// piece of the disc, then of each row as it is to be, then as it was; zeros up to 16384.
/// </remarks>
/// <param name="Rows">Rows of parity.</param>
/// <param name="Before">Discs that were in the sums before.</param>
/// <param name="Disc">What is added; <see cref="BegunDisc.Done"/> is where the window begins.</param>
/// <param name="Length">Bytes of each row, a multiple of a piece.</param>
/// <param name="Sums">The checksums of the disc's pieces, behind these those of each row's as they are to be, and as they were.</param>
internal sealed record SumsWindow(int Rows, int Before, BegunDisc Disc, int Length, uint[] Sums)
{
    /// <summary>Bytes of the head in a journal.</summary>
    public const int HeadLength = 16384;

    /// <summary>Pieces that a window may have with so many rows: their checksums fit into the head.</summary>
    public const int MostPieces = 128;

    private const int CheckedFrom = 20;
    private const int NameAt = 56;
    private const int LongestName = 256;

    /// <summary>Pieces of each row.</summary>
    public int Pieces => Length / PieceSums.PieceLength;

    /// <summary>Bytes of the disc that are in the sums when this is done.</summary>
    public long End => Math.Min(Disc.Done + Length, Disc.Length);

    private static ReadOnlySpan<byte> Magic => "SPINDLE SUMS 2\0\0"u8;

    /// <summary>The head.</summary>
    public byte[] HeadBytes()
    {
        byte[] head = new byte[HeadLength];
        byte[] name = Encoding.UTF8.GetBytes(Disc.Name);
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(20), Rows);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(24), Before);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(28), Disc.Place);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(32), Disc.Done);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(40), Length);
        BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(44), Disc.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(52), name.Length);
        name.CopyTo(head, NameAt);
        foreach ((int index, uint sum) in Sums.Index())
        {
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(NameAt + LongestName + (index * sizeof(uint))), sum);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), Crc32C.Of(head.AsSpan(CheckedFrom)));
        return head;
    }

    /// <summary>Reads a head.</summary>
    /// <returns>Null where it was not written to its end.</returns>
    public static SumsWindow? TryRead(ReadOnlySpan<byte> head)
    {
        if (head.Length != HeadLength || !head.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(head[16..]) != Crc32C.Of(head[CheckedFrom..]))
        {
            return null;
        }

        int rows = BinaryPrimitives.ReadInt32LittleEndian(head[20..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(head[40..]);
        int nameLength = BinaryPrimitives.ReadInt32LittleEndian(head[52..]);
        if (rows is < 1 or > SetCode.MostRows || length is < 0 or > MostPieces * PieceSums.PieceLength || length % PieceSums.PieceLength != 0 || nameLength is < 0 or > LongestName)
        {
            return null;
        }

        uint[] sums = new uint[(1 + (2 * rows)) * (length / PieceSums.PieceLength)];
        for (int index = 0; index < sums.Length; index++)
        {
            sums[index] = BinaryPrimitives.ReadUInt32LittleEndian(head[(NameAt + LongestName + (index * sizeof(uint)))..]);
        }

        BegunDisc disc = new(
            BinaryPrimitives.ReadInt32LittleEndian(head[28..]),
            Encoding.UTF8.GetString(head.Slice(NameAt, nameLength)),
            BinaryPrimitives.ReadInt64LittleEndian(head[44..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[32..]));
        return disc.Place < 0 || disc.Done < 0 || disc.Done >= disc.Length ? null : new(rows, BinaryPrimitives.ReadInt32LittleEndian(head[24..]), disc, length, sums);
    }

    /// <summary>The checksum that a piece of a row is to have.</summary>
    /// <param name="row">Which row, from 0.</param>
    /// <param name="piece">Which piece of the window, from 0.</param>
    public uint After(int row, int piece) => Sums[((1 + row) * Pieces) + piece];

    /// <summary>The checksum that it had.</summary>
    /// <inheritdoc cref="After"/>
    public uint BeforeIn(int row, int piece) => Sums[((1 + Rows + row) * Pieces) + piece];
}
