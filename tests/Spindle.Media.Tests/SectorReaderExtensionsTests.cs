// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.Media.Tests;

public sealed class SectorReaderExtensionsTests
{
    [Theory]
    [InlineData(0, 10, 10)]
    [InlineData(2040, 20, 20)]
    [InlineData(5 * 2048, 2048, 100)]
    [InlineData((5 * 2048) + 100, 1, 0)]
    [InlineData(99_999_999, 1, 0)]
    public void Reads_bytes_at_any_position_as_far_as_the_medium_goes(long position, int wanted, int expected)
    {
        byte[] content = SimulatedDisc.Pattern((5 * 2048) + 100);
        using SimulatedDisc disc = new(content);
        byte[] buffer = new byte[wanted];

        Assert.Equal(expected, disc.ReadBytes(position, buffer));
        Assert.True(content.AsSpan((int)Math.Min(position, content.Length), expected).SequenceEqual(buffer.AsSpan(0, expected)));
    }

    [Fact]
    public void Reads_bytes_up_to_an_unreadable_sector()
    {
        using SimulatedDisc disc = new SimulatedDisc(SimulatedDisc.Pattern(5 * 2048)).Bad(2);

        Assert.Equal(2096, disc.ReadBytes(2000, new byte[9000]));
    }

    [Theory]
    [InlineData(0, 6, (5 * 2048) + 100)]
    [InlineData(4, 2, 2148)]
    [InlineData(1, 2, 4096)]
    public void Counts_no_byte_that_the_last_sector_lacks(long start, long count, long expected)
    {
        using SimulatedDisc disc = new(new byte[(5 * 2048) + 100]);

        Assert.Equal(expected, disc.ByteLength(new(start, count)));
    }
}
