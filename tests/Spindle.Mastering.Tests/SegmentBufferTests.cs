// SPDX-License-Identifier: MIT
namespace Spindle.Mastering.Tests;

public sealed class SegmentBufferTests
{
    private readonly SegmentBuffer _buffer = new();

    [Fact]
    public void Whole_sectors_are_handed_on_and_the_rest_stays()
    {
        _buffer.Next(3000).Fill(7);

        ImageSegment segment = _buffer.Take();

        Assert.Equal((0, 2048, -1), (segment.Sector, segment.Length, segment.Content));
        Assert.Equal((3000, false, false), (_buffer.Position, _buffer.IsEmpty, _buffer.IsFull));
        _buffer.Next(1096).Fill(8);
        segment = _buffer.Take();
        Assert.Equal((1L, 2048L, (byte)7, (byte)8), (segment.Sector, segment.Length, segment.Bytes.Span[951], segment.Bytes.Span[952]));
        Assert.True(_buffer.IsEmpty);
    }

    [Fact]
    public void A_record_does_not_cross_the_end_of_a_sector()
    {
        _buffer.NextRecord(2000);
        _buffer.NextRecord(48);
        Assert.Equal(2048, _buffer.Position);
        _buffer.NextRecord(2000);
        _buffer.NextRecord(49);

        Assert.Equal((2 * 2048) + 49, _buffer.Position);
    }

    [Fact]
    public void What_was_not_taken_is_not_skipped()
    {
        _buffer.Next(2048);
        Assert.Throws<InvalidOperationException>(() => _buffer.SkipTo(9));
        _ = _buffer.Take();

        _buffer.SkipTo(9);

        Assert.Equal(9 * 2048, _buffer.Position);
    }
}
