// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Tests;

public sealed class PositionsTests
{
    private static readonly byte[] Structure = [10, 11, 12, 13, 14];

    [Fact]
    public void Positions_of_ECMA_119_count_from_one()
    {
        ReadOnlySpan<byte> read = Structure;
        Span<byte> written = [.. Structure];
        written.At(bp: 2)[0] = 21;
        written.At(bp: 4, length: 2).Clear();

        Assert.Equal([12, 13, 14], read.At(bp: 3).ToArray());
        Assert.Equal([10, 11], read.At(bp: 1, length: 2).ToArray());
        Assert.Equal([10, 21, 12, 0, 0], written.ToArray());
    }

    [Fact]
    public void Positions_of_ECMA_167_count_from_zero()
    {
        ReadOnlySpan<byte> read = Structure;
        Span<byte> written = [.. Structure];
        written.At(rbp: 2)[0] = 22;
        written.At(rbp: 3, length: 2).Clear();

        Assert.Equal([13, 14], read.At(rbp: 3).ToArray());
        Assert.Equal([10, 11], read.At(rbp: 0, length: 2).ToArray());
        Assert.Equal([10, 11, 22, 0, 0], written.ToArray());
    }

    [Fact]
    public void Offsets_of_Apple_count_from_zero()
    {
        ReadOnlySpan<byte> read = Structure;

        Assert.Equal([13, 14], read.At(offset: 3).ToArray());
        Assert.Equal([11, 12], read.At(offset: 1, length: 2).ToArray());
    }
}
