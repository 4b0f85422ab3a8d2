// SPDX-License-Identifier: MIT
using Spindle.Drives.MacOS;

namespace Spindle.Drives.Tests.MacOS;

/// <summary>The numbers that a compiler prints for the headers of IOCDStorageFamily-62, IODVDStorageFamily-46, IOBDStorageFamily-24 and xnu, for 64-bit processes.</summary>
public sealed class MacRequestTests
{
    private const string Codes = """
        DKIOCISFORMATTED      40046417
        DKIOCGETBLOCKSIZE     40046418
        DKIOCGETBLOCKCOUNT    40086419
        DKIOCCDREAD           C0206460
        DKIOCCDGETSPEED       40026463
        DKIOCCDSETSPEED       80026463
        DKIOCCDREADTOC        C0186464
        DKIOCCDREADDISCINFO   C0186465
        DKIOCCDREADTRACKINFO  C0186466
        DKIOCDVDREADSTRUCTURE 80186480
        DKIOCDVDGETSPEED      40026483
        DKIOCDVDSETSPEED      80026483
        DKIOCDVDREADDISCINFO  C0186484
        DKIOCDVDREADRZONEINFO C0186485
        DKIOCBDREADSTRUCTURE  801864A0
        DKIOCBDGETSPEED       400264A3
        DKIOCBDSETSPEED       800264A3
        DKIOCBDREADDISCINFO   C01864A4
        DKIOCBDREADTRACKINFO  C01864A5
        """;

    [Fact]
    public void Codes_are_those_of_the_headers()
    {
        string[] known = [.. Codes.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Trim())];
        uint[] ours =
        [
            MacRequest.IsFormatted, MacRequest.GetBlockSize, MacRequest.GetBlockCount, MacRequest.CdRead, MacRequest.CdGetSpeed, MacRequest.CdSetSpeed,
            MacRequest.CdReadToc, MacRequest.CdReadDiscInfo, MacRequest.CdReadTrackInfo, MacRequest.DvdReadStructure, MacRequest.DvdGetSpeed,
            MacRequest.DvdSetSpeed, MacRequest.DvdReadDiscInfo, MacRequest.DvdReadTrackInfo, MacRequest.BdReadStructure, MacRequest.BdGetSpeed,
            MacRequest.BdSetSpeed, MacRequest.BdReadDiscInfo, MacRequest.BdReadTrackInfo,
        ];

        Assert.Equal(known, ours.Select(code => code.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>_IOC of sys/ioccom.h: the code itself says how many bytes are copied.</summary>
    [Fact]
    public void Structures_are_as_long_as_their_codes_say()
    {
        Assert.Equal(SizeOf(MacRequest.CdRead), MacRequest.ReadCd(0, 0, 0, 0).Length);
        Assert.Equal(SizeOf(MacRequest.CdReadToc), MacRequest.ReadToc(2, 0, 0).Length);
        Assert.All([MacRequest.CdReadDiscInfo, MacRequest.DvdReadDiscInfo, MacRequest.BdReadDiscInfo], code => Assert.Equal(SizeOf(code), MacRequest.ReadDiscInfo(0).Length));
        Assert.All([MacRequest.CdReadTrackInfo, MacRequest.DvdReadTrackInfo, MacRequest.BdReadTrackInfo], code => Assert.Equal(SizeOf(code), MacRequest.ReadTrackInfo(0, 0, 0).Length));
        Assert.All([MacRequest.DvdReadStructure, MacRequest.BdReadStructure], code => Assert.Equal(SizeOf(code), MacRequest.ReadStructure(0, 0, 0, 0).Length));

        static int SizeOf(uint code) => (int)(code >> 16) & 0x1FFF;
    }

    // What stands at its place is a number of its own; all else, and the pointer at the end, is zero.
    [Fact]
    public void Fields_are_where_the_headers_have_them()
    {
        // dk_cd_read_t: offset@0 (8), sectorArea@8, sectorType@9, reserved@10 (10), bufferLength@20 (4), buffer@24 (8)
        Assert.Equal("0807060504030201F802000000000000000000000C0B0A090000000000000000", Hex(MacRequest.ReadCd(0x0102030405060708, 0xF8, 2, 0x090A0B0C)));

        // dk_cd_read_toc_t: format@0, formatAsTime@1, reserved@2 (5), address@7, reserved@8 (6), bufferLength@14 (2), buffer@16 (8)
        Assert.Equal("050100000000000700000000000002010000000000000000", Hex(MacRequest.ReadToc(5, 7, 0x0102)));

        // dk_cd_read_disc_info_t: bufferLength@14 (2), buffer@16 (8)
        Assert.Equal("000000000000000000000000000002010000000000000000", Hex(MacRequest.ReadDiscInfo(0x0102)));

        // dk_cd_read_track_info_t: address@4 (4), addressType@8, bufferLength@14 (2), buffer@16 (8)
        Assert.Equal("000000000403020101000000000006050000000000000000", Hex(MacRequest.ReadTrackInfo(0x01020304, 1, 0x0506)));

        // dk_dvd_read_structure_t: format@0, address@4 (4), grantID@8, layer@9, bufferLength@14 (2), buffer@16 (8)
        Assert.Equal("110000000403020100010000000006050000000000000000", Hex(MacRequest.ReadStructure(0x11, 0x01020304, 1, 0x0506)));
    }

    [Fact]
    public void The_length_of_an_answer_is_read_where_the_driver_writes_it()
    {
        Assert.Equal(0x01020304, MacRequest.LengthOf(MacRequest.ReadCd(0, 0, 0, 0x01020304)));
        Assert.Equal(0xFFFE, MacRequest.LengthOf(MacRequest.ReadDiscInfo(0xFFFE)));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
