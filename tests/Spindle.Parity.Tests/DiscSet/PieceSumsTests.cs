// SPDX-License-Identifier: MIT
using Spindle.Parity.Checksums;
using Spindle.Parity.DiscSet;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class PieceSumsTests
{
    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xE306_9283, Crc32C.Of("123456789"u8)); // RFC 3720's check value

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
