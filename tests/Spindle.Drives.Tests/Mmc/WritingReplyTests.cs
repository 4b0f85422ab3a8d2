// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

public sealed class WritingReplyTests
{
    [Theory]
    [InlineData("00 0A 00 00 00 40 00 00 00 08 00 00", 87)]
    [InlineData("00 0A 00 00 00 00 00 00 00 08 00 00", null)]
    [InlineData("00 0A 00 00 00 00 00 01 00 08 00 00", null)]
    public void Tells_how_full_a_buffer_is(string hex, int? percent) => Assert.Equal(percent, BufferCapacity.Parse(Replies.Bytes(hex))?.Percent);

    [Fact]
    public void Reads_the_speeds_at_which_a_disc_can_be_written()
    {
        byte[] reply = Replies.Bytes(
            "00 00 00 34 00 00 00 00 00 00 00 00 00 00 0F FF 00 00 46 40 00 00 46 40 00 00 00 00 00 00 0F FF 00 00 46 40 00 00 23 20 00 00 00 00 00 00 0F FF 00 00 46 40 00 00 23 20");

        Assert.Equal([17_984, 8992], WritingSpeeds.Parse(reply));
    }

    [Theory]
    [InlineData("2A 06 00 00 00 00 29 00", true)]
    [InlineData("2A 06 00 00 00 00 49 00", false)]
    public void Knows_a_tray_that_closes_by_itself(string page, bool closes) =>
        Assert.Equal(closes, TrayMechanism.Parse([.. Replies.Bytes("00 0E 00 00 00 00 00 00"), .. Replies.Bytes(page)])?.ClosesByItself);

    [Fact]
    public void Reads_who_made_a_disc()
    {
        byte[] preRecorded = new byte[DvdMediumCode.Length], adip = new byte[DvdMediumCode.Length], bluray = new byte[4 + 112];
        "TYG03\0"u8.CopyTo(preRecorded.AsSpan(4 + 17));
        "AB"u8.CopyTo(preRecorded.AsSpan(4 + 25));
        "MKM\0\0\0\0\0003\0"u8.CopyTo(adip.AsSpan(4 + 19));
        "DI\u0001\0\0\0\0\0BDR\0\u0010"u8.CopyTo(bluray.AsSpan(4));
        "VERBATIMe"u8[..6].CopyTo(bluray.AsSpan(4 + 100));
        "IMe"u8.CopyTo(bluray.AsSpan(4 + 106));

        Assert.Equal("TYG03AB", DvdMediumCode.Parse(preRecorded, DvdMediumCode.PreRecorded));
        Assert.Equal("MKM/003", DvdMediumCode.Parse(adip, DvdMediumCode.Adip));
        Assert.Equal("VERBAT/IMe/0", BlurayInformation.Parse(bluray)?.MediumCode);
        Assert.Null(DvdMediumCode.Parse(new byte[DvdMediumCode.Length], DvdMediumCode.Adip));
        Assert.Null(DvdMediumCode.Parse(new byte[DvdMediumCode.Length], DvdMediumCode.PreRecorded));
    }

    [Fact]
    public void Reads_a_spare_area() => Assert.Equal(new(0x800, 0x840), SpareArea.Parse(Replies.Bytes("00 0E 00 00 00 00 00 00 00 00 08 00 00 00 08 40")));

    [Fact]
    public void Reads_how_far_a_drive_is_with_what_it_does() =>
        Assert.Equal(0.5, Sense.Parse(Replies.Bytes("70 00 02 00 00 00 00 0A 00 00 00 00 04 07 00 80 80 00")).Progress);
}
