// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

/// <summary>Q sub-channels laid out by hand from the table of ECMA-130, clause 22; their checksums by another program (crc_hqx of Python).</summary>
public sealed class SubChannelPositionTests
{
    [Theory]
    [InlineData("01 03 01  00 12 34 00  05 30 58  DB 99", 3, 1, false, 24_658, 934)] // in a track of sound
    [InlineData("41 01 01  03 20 07 00  03 22 07  8D 3D", 1, 1, true, 15_007, 15_007)] // in a track of data
    [InlineData("01 02 00  00 01 74 00  20 00 00  01 3B", 2, 0, false, 89_850, 149)] // two seconds in front of a track
    [InlineData("41 AA 01  00 00 00 00  74 00 00  56 6D", 0xAA, 1, true, 332_850, 0)] // where the lead-out begins
    public void Tells_where_a_sector_is(string q, int track, int index, bool isData, long sector, long inTrack)
    {
        SubChannelPosition expected = new(track, index, isData, sector, inTrack);

        Assert.Equal(expected, SubChannelPosition.Parse(Replies.Bytes(q)));
        Assert.Equal(expected, SubChannelPosition.Parse([.. Replies.Bytes(q), 0, 0, 0, 0x80]));
        Assert.Equal(expected, SubChannelPosition.ParseRaw(Replies.Interleaved(Replies.Bytes(q))));
    }

    [Theory]
    [InlineData("01 03 01  00 12 34 00  05 30 58  DB 98")] // wrong checksum
    [InlineData("02 12 34  56 78 90 12  30 00 58  30 2C")] // a catalogue number
    [InlineData("01 03 1A  00 12 34 00  05 30 58  30 82")] // an index that is no number
    [InlineData("01 03 01  00 12 34 00  05 30")]
    public void Knows_nothing_where_it_says_nothing(string q) => Assert.Null(SubChannelPosition.Parse(Replies.Bytes(q)));
}
