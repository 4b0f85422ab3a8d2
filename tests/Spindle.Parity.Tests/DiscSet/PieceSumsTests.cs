// SPDX-License-Identifier: MIT
using Spindle.Parity.Checksums;
using Spindle.Parity.DiscSet;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class PieceSumsTests
{
    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xE306_9283, Crc32C.Of("123456789"u8)); // RFC 3720's check value

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8 * 64)]
    [InlineData((9 * 64) + 13)]
    public void Pieces_four_at_a_time_have_the_checksums_of_each(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        uint[] sums = new uint[(length + 63) / 64];

        Crc32C.OfPieces(bytes, 64, sums);

        Assert.Equal(bytes.Chunk(64).Select(piece => Crc32C.Of(piece)), sums);
    }

    [Fact]
    public void A_changed_piece_is_found_and_what_is_written_is_read()
    {
        byte[] bytes = new byte[(2 * PieceSums.PieceLength) + 5];
        new Random(1).NextBytes(bytes);
        PieceSums sums = new(bytes.Length);
        sums.Set(0, bytes.AsSpan(0, PieceSums.PieceLength));
        sums.Set(PieceSums.PieceLength, bytes.AsSpan(PieceSums.PieceLength));

        PieceSums read = PieceSums.TryRead(sums.ToBytes(), bytes.Length)!;

        Assert.Equal(3, read.Count);
        Assert.True(read.Holds(2 * PieceSums.PieceLength, bytes.AsSpan(2 * PieceSums.PieceLength)));
        bytes[PieceSums.PieceLength + 9] ^= 4;
        Assert.True(read.Holds(0, bytes.AsSpan(0, PieceSums.PieceLength)));
        Assert.False(read.Holds(PieceSums.PieceLength, bytes.AsSpan(PieceSums.PieceLength, PieceSums.PieceLength)));
        Assert.Null(PieceSums.TryRead(sums.ToBytes(), bytes.Length + PieceSums.PieceLength));
        Assert.Null(PieceSums.TryRead([], -1));
    }
}
