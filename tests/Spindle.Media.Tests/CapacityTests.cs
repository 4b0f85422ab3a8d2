// SPDX-License-Identifier: MIT
namespace Spindle.Media.Tests;

public sealed class CapacityTests
{
    [Theory]
    [InlineData("cd", 359_424)]
    [InlineData("DVD", 2_295_104)]
    [InlineData("bd", 11_826_176)]
    [InlineData("bluray", 11_826_176)]
    [InlineData("bd:spare", 11_826_176)]
    [InlineData("bd:raw", 12_219_392)]
    [InlineData("bd-xx:raw", 62_500_864)]
    [InlineData("12219392s", 12_219_392)]
    [InlineData("2048", 1)]
    [InlineData("700MiB", 358_400)]
    [InlineData("4.7GB", 2_294_921)]
    public void Reads_what_people_write(string text, long sectors)
    {
        Assert.True(Capacity.TryParse(text, out Capacity? capacity));
        Assert.Equal(sectors, capacity.Sectors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("floppy")]
    [InlineData("bd:huge")]
    [InlineData("2047")]
    [InlineData("-5GB")]
    [InlineData("5XB")]
    [InlineData("1.2.3GB")]
    [InlineData("99999999999999999999GB")]
    public void Rejects_what_is_no_capacity(string text) => Assert.False(Capacity.TryParse(text, out _));
}
