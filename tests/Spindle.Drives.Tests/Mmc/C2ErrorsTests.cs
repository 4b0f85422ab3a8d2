// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

public sealed class C2ErrorsTests
{
    [Fact]
    public void Counts_the_bytes_that_were_not_corrected_and_tells_where_they_are()
    {
        byte[] bits = new byte[C2Errors.Length];
        bits[0] = 0x80; // the first byte
        bits[10] = 0x03; // bytes 86 and 87 ...
        bits[11] = 0xC0; // ... 88 and 89
        bits[293] = 0x01; // the last one

        Assert.Equal(6, C2Errors.Count(bits));
        Assert.Equal([(0, 1), (86, 4), (2351, 1)], C2Errors.Runs(bits));
    }

    [Fact]
    public void A_sector_is_whole_or_lost_or_cut_off()
    {
        byte[] all = new byte[C2Errors.Length];
        Array.Fill(all, (byte)0xFF);

        Assert.Equal(0, C2Errors.Count(new byte[C2Errors.Length]));
        Assert.Empty(C2Errors.Runs(new byte[C2Errors.Length]));
        Assert.Equal(2352, C2Errors.Count(all));
        Assert.Equal([(0, 2352)], C2Errors.Runs(all));
        Assert.Equal([(0, 16)], C2Errors.Runs(all.AsMemory(0, 2)));
        Assert.Equal(2352, C2Errors.Count([.. all, 0xFF, 0xFF]));
    }
}
