// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>A CRC-32C of every piece as the medium gave it: tells where a file is no longer what was read.</summary>
/// <remarks>Not a proof, which the hashes are: a pointer to the place. Four bytes for 64 KiB: 6 MB for the largest discs.</remarks>
internal sealed class PieceDigests(MediumLayout layout)
{
    /// <summary>Stands for no digest. One piece in 2³² has it for its true digest, and is then not checked.</summary>
    private const uint Unknown = 0;

    private readonly uint[] _digests = new uint[layout.PieceCount];

    /// <summary>Of pieces that are read in several steps: a remainder for each sector, null where it was not read in this run.</summary>
    private readonly Dictionary<long, uint?[]> _inSteps = [];

    /// <summary>Bytes that <see cref="ToBytes"/> makes for a medium.</summary>
    public static int LengthFor(MediumLayout layout) => checked((int)layout.PieceCount * sizeof(uint));

    /// <summary>Reads digests that <see cref="ToBytes"/> made.</summary>
    /// <returns>Null where they are another medium's, or cut off.</returns>
    public static PieceDigests? FromBytes(MediumLayout layout, ReadOnlySpan<byte> bytes)
    {
        PieceDigests digests = new(layout);
        if (bytes.Length != digests._digests.Length * sizeof(uint))
        {
            return null;
        }

        for (int i = 0; i < digests._digests.Length; i++)
        {
            digests._digests[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * sizeof(uint))..]);
        }

        return digests;
    }

    /// <summary>The digests in order of their pieces, each in four bytes, little-endian; 0 for a piece that is not known whole.</summary>
    /// <param name="map">
    /// What was read. Another program may fill the gaps of a piece before the next run, and what it rescued must not be taken for
    /// damage: only whole pieces are told of.
    /// </param>
    public byte[] ToBytes(SectorMap map)
    {
        byte[] bytes = new byte[_digests.Length * sizeof(uint)];
        foreach (SectorRange whole in map.RangesOf(SectorState.Finished))
        {
            long first = (whole.Start + layout.SectorsPerPiece - 1) / layout.SectorsPerPiece;
            long end = whole.End == layout.SectorCount ? layout.PieceCount : whole.End / layout.SectorsPerPiece;
            for (long i = first; i < end; i++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(checked((int)(i * sizeof(uint)))), _digests[i]);
            }
        }

        return bytes;
    }

    /// <summary>Notes the digests of all pieces of a batch.</summary>
    public void Set(SectorRange batch, ReadOnlySpan<byte> content)
    {
        foreach (SectorRange piece in layout.Pieces(batch))
        {
            _digests[layout.PieceOf(piece.Start)] = Digest(layout, batch, piece, content);
        }
    }

    /// <summary>Notes sectors, which may be parts of pieces. The digest of a piece is known when all of it was read.</summary>
    public void Note(SectorRange range, ReadOnlySpan<byte> content)
    {
        for (long sector = range.Start; sector < range.End; sector++)
        {
            long piece = layout.PieceOf(sector);
            long first = piece * layout.SectorsPerPiece;
            int count = (int)Math.Min(layout.SectorsPerPiece, layout.SectorCount - first);
            if (!_inSteps.TryGetValue(piece, out uint?[]? remainders))
            {
                _inSteps[piece] = remainders = new uint?[count];
                _digests[piece] = Unknown;
            }

            remainders[sector - first] = Remainder(0, SectorOf(range, sector, content));
            if (!remainders.Contains(null))
            {
                _digests[piece] = Joined(first, remainders);
                _inSteps.Remove(piece);
            }
        }
    }

    /// <summary>Takes back all that was noted of a piece.</summary>
    public void Forget(SectorRange piece)
    {
        _digests[layout.PieceOf(piece.Start)] = Unknown;
        _inSteps.Remove(layout.PieceOf(piece.Start));
    }

    /// <summary>Whether a piece is what was noted of it, as far as anything was; then that is its digest.</summary>
    public bool MatchesOrBecomes(SectorRange batch, SectorRange piece, ReadOnlySpan<byte> content)
    {
        long number = layout.PieceOf(piece.Start);
        if (Knows(piece))
        {
            return Matches(batch, piece, content);
        }

        if (_inSteps.TryGetValue(number, out uint?[]? remainders))
        {
            for (long sector = piece.Start; sector < piece.End; sector++)
            {
                if (remainders[sector - piece.Start] is { } noted && noted != Remainder(0, SectorOf(batch, sector, content)))
                {
                    return false;
                }
            }
        }

        _digests[number] = Digest(layout, batch, piece, content);
        return true;
    }

    /// <summary>Whether anything was noted of a piece.</summary>
    public bool Knows(SectorRange piece) => _digests[layout.PieceOf(piece.Start)] != Unknown;

    /// <summary>Whether a piece's contents are what was noted.</summary>
    public bool Matches(SectorRange batch, SectorRange piece, ReadOnlySpan<byte> content) =>
        _digests[layout.PieceOf(piece.Start)] == Digest(layout, batch, piece, content);

    private static uint Digest(MediumLayout layout, SectorRange batch, SectorRange piece, ReadOnlySpan<byte> content)
    {
        int start = checked((int)(piece.Start - batch.Start)) * layout.SectorSize;
        ReadOnlySpan<byte> bytes = content[start..Math.Min(start + layout.ByteLength(piece), content.Length)];
        return ~Remainder(uint.MaxValue, bytes);
    }

    private ReadOnlySpan<byte> SectorOf(SectorRange range, long sector, ReadOnlySpan<byte> content)
    {
        int start = checked((int)(sector - range.Start)) * layout.SectorSize;
        return content[start..Math.Min(start + layout.ByteLength(new(sector, 1)), content.Length)];
    }

    /// <summary>The digest of sectors behind one another: a CRC is linear, so that of the first, moved on, and that of the next add up.</summary>
    private uint Joined(long first, uint?[] remainders)
    {
        byte[] zeros = new byte[layout.SectorSize];
        uint crc = uint.MaxValue;
        for (int i = 0; i < remainders.Length; i++)
        {
            crc = Remainder(crc, zeros.AsSpan(0, layout.ByteLength(new(first + i, 1)))) ^ remainders[i]!.Value;
        }

        return ~crc;
    }

    private static uint Remainder(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
