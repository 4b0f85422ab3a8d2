// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Formats.MapFile;
using Spindle.Media;

namespace Spindle.Formats.Tests.MapFile;

public sealed class RescueMapFileTests
{
    private const string ByDdrescue =
        """
        # Mapfile. Created by GNU ddrescue version 1.27
        # Command line: ddrescue -q -b2048 in.bin o.bin m.map
        # Start time:   2026-11-22 09:49:40
        # Current time: 2026-11-22 09:49:40
        # Finished
        # current_pos  current_status  current_pass
        0x0015E000     +               1
        #      pos        size  status
        0x00000000  0x0015E000  +
        0x0015E000  0x00000800  -
        0x0015E800  0x002A1800  +

        """;

    [Fact]
    public void Reads_a_map_of_ddrescue()
    {
        RescueMapFile map = Parse(ByDdrescue);

        Assert.Equal(0x15E000, map.CurrentPosition);
        Assert.Equal(RescueStatus.Finished, map.CurrentStatus);
        Assert.Equal(1, map.CurrentPass);
        Assert.Equal(new MapBlock(0x15E000, 0x800, SectorState.Bad), map.Blocks[1]);
    }

    [Fact]
    public void Writes_what_it_read_to_the_byte() => Assert.Equal(ByDdrescue, Write(Parse(ByDdrescue)));

    [Fact]
    public void Writes_positions_above_4_GiB_with_as_many_digits_as_they_need()
    {
        RescueMapFile map = new() { CurrentPosition = 0x2_0000_0000, Blocks = [new(0, 0x2_0000_0800, SectorState.NonTried)] };

        Assert.Contains("0x200000000     ?               1\n", Write(map), StringComparison.Ordinal);
        Assert.Contains("0x00000000  0x200000800  ?\n", Write(map), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("# only a comment\n", 0)]
    [InlineData("0x0 +\n", 0)] // status line alone, no pass
    [InlineData("0x0 + 1\n0 0x800 +\n", 1)]
    [InlineData("0x0 + 1\r\n0 0x800 +\r\n", 1)]
    [InlineData("   0X0 + 1\n\n   \n  0 2048 +   # note\n", 1)]
    [InlineData("0 ? 2 whatever\n0 04000 - more junk\n", 1)] // octal, junk behind the third token
    [InlineData("0x0 + 1\n0x0 0x800 +\t#  as ddrescuelog -A writes\n", 1)]
    [InlineData("0x0 + 1\n0x1000 0x800 +\n", 1)] // the first block may start anywhere
    [InlineData("0x0 + 1\n0 0 +\n", 1)] // an empty medium
    [InlineData("0x0+1\n0 0x800+\n", 1)] // as sscanf, which needs no space before a character
    public void Tolerates_what_ddrescue_tolerates(string text, int blocks) => Assert.Equal(blocks, Parse(text).Blocks.Count);

    [Fact]
    public void Cuts_lines_where_ddrescue_does()
    {
        string line = "0x0" + new string(' ', 120) + "0x800 +";

        Assert.Equal("line 2 of the map: Bad block line in list", FailureOf("0 + 1\n" + line).What);
    }

    [Theory]
    [InlineData("+\n", "line 1 of the map: Bad or missing status line")]
    [InlineData("0x0\n", "line 1 of the map: Bad or missing status line")]
    [InlineData("0x0 x 1\n", "line 1 of the map: Bad or missing status line")]
    [InlineData("0x0 + 0\n", "line 1 of the map: Bad or missing status line")]
    [InlineData("-1 + 1\n", "line 1 of the map: Bad or missing status line")]
    [InlineData("08 + 1\n", "line 1 of the map: Bad or missing status line")] // 8 is no octal digit, and then no status
    [InlineData("0 + 1\n0 0x800 x\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n0 0x800\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n-1 0x800 +\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n0 -5 +\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n8 0 +\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n0x7FFFFFFFFFFFFFFF 0x800 +\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n0 0xFFFFFFFFFFFFFFFFFF F\n", "line 2 of the map: Bad block line in list")]
    [InlineData("0 + 1\n0 0x800 +\n0x1000 0x800 +\n", "line 3 of the map: Blocks are not contiguous")]
    [InlineData("0 + 1\n0 0x800 +\n0x400 0x800 +\n", "line 3 of the map: Blocks are not contiguous")]
    public void Rejects_what_ddrescue_rejects(string text, string what)
    {
        Assert.Equal(what, FailureOf(text).What);
        Assert.Equal("bad-map", FailureOf(text).Code);
    }

    [Fact]
    public void Takes_a_last_block_that_ends_where_numbers_end() =>
        Assert.Equal(2, Parse("0 + 1\n0 0x800 +\n0x800 0x7FFFFFFFFFFFF7FF ?\n").ToSectorMap(2048, 0x1000).SectorCount);

    [Fact]
    public void Fills_gaps_and_orders_blocks_when_loose()
    {
        RescueMapFile map = RescueMapFile.Parse(new StringReader("0 + 1\n0x2000 0x800 +\n0x2400 0x800 +\n0 0x800 -\n"), loose: true);

        Assert.Equal(
            [
                new MapBlock(0, 0x800, SectorState.Bad),
                new MapBlock(0x800, 0x1800, SectorState.NonTried),
                new MapBlock(0x2000, 0x800, SectorState.Finished),
                new MapBlock(0x2800, 0x400, SectorState.Finished),
            ],
            map.Blocks);
    }

    [Fact]
    public void Rejects_overlaps_of_different_state_even_when_loose() =>
        Assert.Throws<OperationFailedException>(() => RescueMapFile.Parse(new StringReader("0 + 1\n0 0x800 +\n0x400 0x800 -\n"), loose: true));

    [Fact]
    public void Gives_a_sector_with_several_states_the_least_processed_one()
    {
        RescueMapFile map = Parse("0 + 1\n0 0xA00 +\n0xA00 0x200 -\n0xC00 0x1400 +\n");

        SectorMap sectors = map.ToSectorMap(2048, 0x2000);

        Assert.Equal([SectorState.Finished, SectorState.Bad, SectorState.Finished, SectorState.Finished], States(sectors));
    }

    [Fact]
    public void Takes_what_the_map_does_not_mention_as_not_tried()
    {
        SectorMap sectors = Parse("0 + 1\n0x900 0x900 +\n").ToSectorMap(2048, 5 * 2048);

        Assert.Equal(
            [SectorState.NonTried, SectorState.NonTried, SectorState.NonTried, SectorState.NonTried, SectorState.NonTried],
            States(sectors));
    }

    [Fact]
    public void Keeps_the_last_sector_of_a_medium_that_is_cut_short()
    {
        SectorMap sectors = Parse("0 + 1\n0 0x1805 +\n").ToSectorMap(2048, 0x1805);

        Assert.True(sectors.IsFinished);
        Assert.Equal([new MapBlock(0, 0x1805, SectorState.Finished)], RescueMapFile.BlocksOf(sectors, 2048, 0x1805));
    }

    [Fact]
    public void Refuses_a_map_that_says_that_more_was_read_than_there_is()
    {
        OperationFailedException refusal = Assert.Throws<OperationFailedException>(() => Parse("0 + 1\n0 0x2000 +\n").ToSectorMap(2048, 0x1800));

        Assert.Equal("map-too-long", refusal.Failure.Code);
    }

    [Fact]
    public void Cuts_unfinished_areas_past_the_end() =>
        Assert.Equal(3, Parse("0 + 1\n0 0x1000 +\n0x1000 0x9000 ?\n").ToSectorMap(2048, 0x1800).SectorCount);

    [Fact]
    public void Keeps_any_map_of_sectors_through_bytes_and_text()
    {
        Gen<SectorState[]> states = Gen.Elements(Enum.GetValues<SectorState>()).ArrayOf();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(states.ToArbitrary(), expected =>
        {
            SectorMap map = new(expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                map.Set(new(i, 1), expected[i]);
            }

            long length = expected.Length * 2048L;
            RescueMapFile file = new() { Blocks = RescueMapFile.BlocksOf(map, 2048, length) };
            Assert.Equal(map.Runs, Parse(Write(file)).ToSectorMap(2048, length).Runs);
        }));
    }

    private static IEnumerable<SectorState> States(SectorMap map) => Enumerable.Range(0, (int)map.SectorCount).Select(sector => map[sector]);

    private static RescueMapFile Parse(string text) => RescueMapFile.Parse(new StringReader(text));

    private static string Write(RescueMapFile map)
    {
        using StringWriter writer = new();
        map.Write(writer);
        return writer.ToString();
    }

    private static Failure FailureOf(string text) => Assert.Throws<OperationFailedException>(() => Parse(text)).Failure;
}
