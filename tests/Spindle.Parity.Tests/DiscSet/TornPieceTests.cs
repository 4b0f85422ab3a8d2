// SPDX-License-Identifier: MIT
using Spindle.Parity.Checksums;
using Spindle.Parity.DiscSet;

namespace Spindle.Parity.Tests.DiscSet;

public sealed class TornPieceTests
{
    private const int Page = 4096, Pages = PieceSums.PieceLength / Page;

    private readonly byte[] _before = Random(1);
    private readonly byte[] _change = Random(2);

    private byte[] After => [.. _before.Zip(_change, (one, other) => (byte)(one ^ other))];

    private (uint, uint) Sums => (Crc32C.Of(_before), Crc32C.Of(After));

    [Theory]
    [InlineData(0)]
    [InlineData(0xFFFF)]
    [InlineData(1)]
    [InlineData(0x8000)]
    [InlineData(0x00FF)]
    [InlineData(0x5A31)]
    public void Whatever_pages_are_changed_already_the_others_are_changed_too(int changed)
    {
        byte[] torn = Torn(changed);

        Assert.True(TornPiece.TryMend(torn, _change, Sums));
        Assert.Equal(After, torn);
    }

    [Fact]
    public void Pages_that_nothing_changes_stay()
    {
        _change.AsSpan(3 * Page, 5 * Page).Clear();
        byte[] torn = Torn(0x00F1);

        Assert.True(TornPiece.TryMend(torn, _change, Sums));
        Assert.Equal(After, torn);
    }

    [Fact]
    public void What_is_neither_is_not_mended()
    {
        byte[] rotten = Torn(0x0F0F);
        rotten[5] ^= 1;
        byte[] half = Torn(0);
        _change.AsSpan(0, Page / 2).CopyTo(half); // no system stores half a page

        Assert.False(TornPiece.TryMend(rotten, _change, Sums));
        Assert.False(TornPiece.TryMend(half, _change, Sums));
    }

    private static byte[] Random(int seed)
    {
        byte[] bytes = new byte[PieceSums.PieceLength];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private byte[] Torn(int changed)
    {
        byte[] torn = [.. _before];
        byte[] after = After;
        foreach (int page in Enumerable.Range(0, Pages).Where(page => (changed >> page & 1) != 0))
        {
            after.AsSpan(page * Page, Page).CopyTo(torn.AsSpan(page * Page));
        }

        return torn;
    }
}
