// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;

namespace Spindle.Imaging.Tests.Copying;

public sealed class MediumLayoutTests
{
    [Theory]
    [InlineData(2048, 0, 0, 0)]
    [InlineData(2048, 1, 1, 0)]
    [InlineData(2048, 32 * 2048, 1, 0)]
    [InlineData(2048, (32 * 2048) + 1, 2, 32)]
    [InlineData(2048, 1000 * 2048, 32, 992)]
    [InlineData(512, 1000 * 512, 8, 896)]
    [InlineData(2352, 270 * 2352, 10, 243)] // 27 sectors a piece
    public void Counts_pieces_of_64_KiB_and_knows_where_the_last_one_begins(int sectorSize, long length, long pieces, long tailStart)
    {
        MediumLayout layout = new(sectorSize, length);

        Assert.Equal((pieces, tailStart), (layout.PieceCount, layout.TailStart));
        Assert.Equal(pieces, layout.Batches().SelectMany(layout.Pieces).Count());
    }
}
