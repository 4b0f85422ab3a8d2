// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Copying;

public sealed class PieceDigestsTests
{
    private static readonly MediumLayout Layout = new(2048, (70 * 2048) - 100);

    private static readonly byte[] Content = SimulatedDisc.Pattern(Layout.Length);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(70)]
    public void Know_a_piece_that_came_in_steps_as_one_that_came_at_once(int step)
    {
        PieceDigests atOnce = new(Layout);
        PieceDigests inSteps = new(Layout);
        SectorMap whole = new(70, SectorState.Finished);

        atOnce.Set(new(0, 70), Content);
        for (int end = 70; end > 0; end -= step)
        {
            SectorRange range = SectorRange.Between(Math.Max(0, end - step), end);
            inSteps.Note(range, Content.AsSpan((int)range.Start * 2048, Layout.ByteLength(range)));
        }

        Assert.Equal(atOnce.ToBytes(whole), inSteps.ToBytes(whole));
    }

    [Fact]
    public void Hold_the_sectors_of_an_unfinished_piece_against_what_was_read()
    {
        PieceDigests digests = new(Layout);
        SectorRange piece = new(0, 32);
        digests.Note(new(3, 2), Content.AsSpan(3 * 2048, 2 * 2048));
        byte[] changed = [.. Content];
        changed[4 * 2048] ^= 1;

        Assert.False(digests.Knows(piece));
        Assert.False(digests.MatchesOrBecomes(new(0, 70), piece, changed));
        Assert.True(digests.MatchesOrBecomes(new(0, 70), piece, Content));
        Assert.True(digests.Knows(piece));
    }
}
