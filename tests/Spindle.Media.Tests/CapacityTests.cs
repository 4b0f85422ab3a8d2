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

    [Fact]
    public void Knows_every_disc_by_its_name()
    {
        // Name, sectors with spare area, sectors without: CDs by their minutes, the others as drives report them.
        (string Name, long Spare, long Raw)[] discs =
        [
            ("cd", 359_424, 360_000),
            ("cd74", 74 * 60 * 75, 74 * 60 * 75),
            ("cd80", 80 * 60 * 75, 80 * 60 * 75),
            ("dvd", 0x230540, 0x230540),
            ("dvd-r", 0x231280, 0x231280),
            ("dvd+r", 0x230540, 0x230540),
            ("dvd-dl", 0x3FA7C0, 0x3FA7C0),
            ("bd", 0xB47400, 0xBA7400),
            ("bluray", 0xB47400, 0xBA7400),
            ("bd-dl", 0x168E800, 0x174E800),
            ("bd-xl", 0x2D1D400, 0x2E9D400),
            ("bd-xx", 0x399B000, 0x3B9B000),
        ];

        Assert.Equal(discs.Select(disc => disc.Name), Capacity.Names);
        Assert.Equal(discs, discs.Select(disc => (disc.Name, SectorsOf(disc.Name), SectorsOf($"{disc.Name}:raw"))));
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

    private static long SectorsOf(string text)
    {
        Assert.True(Capacity.TryParse(text, out Capacity? capacity));
        Assert.Equal(capacity.Sectors * 2048, capacity.Bytes);
        return capacity.Sectors;
    }
}
