// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

/// <summary>Command blocks, byte for byte as the standards' tables have them.</summary>
public sealed class MmcCommandTests
{
    public static TheoryData<string, byte[]> Commands() => new()
    {
        { "00 00 00 00 00 00", MmcCommand.TestUnitReady() },
        { "12 00 00 00 24 00", MmcCommand.Inquiry(36) },
        { "46 00 01 05 00 00 00 10 00 00", MmcCommand.GetConfiguration(4096, firstFeature: 0x105) },
        { "4A 01 00 00 10 00 00 00 08 00", MmcCommand.GetMediumEvent(8) },
        { "51 00 00 00 00 00 00 00 22 00", MmcCommand.ReadDiscInformation(34) },
        { "52 01 00 00 00 03 00 00 24 00", MmcCommand.ReadTrackInformation(3, 36) },
        { "43 00 00 00 00 00 00 03 24 00", MmcCommand.ReadToc(TocFormat.Tracks, 0, 804) },
        { "43 02 02 00 00 00 01 01 00 00", MmcCommand.ReadToc(TocFormat.Full, 1, 256) },
        { "43 02 05 00 00 00 00 01 00 00", MmcCommand.ReadToc(TocFormat.CdText, 0, 256) },
        { "25 00 00 00 00 00 00 00 00 00", MmcCommand.ReadCapacity() },
        { "23 00 00 00 00 00 00 01 03 00", MmcCommand.ReadFormatCapacities(259) },
        { "AD 00 00 00 00 00 00 01 00 08 00 00", MmcCommand.ReadDiscStructure(StructureMedia.Dvd, 1, 0, 8) },
        { "AD 01 00 00 00 00 01 00 10 04 00 00", MmcCommand.ReadDiscStructure(StructureMedia.Bluray, 0, 1, 4100) },
        { "5A 08 01 00 00 00 00 00 40 00", MmcCommand.ModeSense(1, 64) },
        { "55 10 00 00 00 00 00 00 14 00", MmcCommand.ModeSelect(20) },
        { "BB 00 02 C2 FF FF 00 00 00 00 00 00", MmcCommand.SetSpeed(706) },
        { "28 00 00 01 02 03 00 00 20 00", MmcCommand.Read10(0x010203, 32) },
        { "A8 08 12 34 56 78 00 00 00 01 00 00", MmcCommand.Read12(0x12345678, 1, fromMedium: true) },
        { "A8 00 00 00 00 10 00 00 00 10 00 00", MmcCommand.Read12(16, 16, fromMedium: false) },
        { "BE 00 12 34 56 78 01 02 03 10 00 00", MmcCommand.ReadCd(0x12345678, 0x010203, CdSectorParts.Data) },
        { "BE 00 00 00 00 10 00 00 01 F8 00 00", MmcCommand.ReadCd(16, 1, CdSectorParts.Raw) },
        { "BE 00 00 00 00 10 00 00 01 FA 01 00", MmcCommand.ReadCd(16, 1, new() { IsRaw = true, WithC2 = true, SubChannel = SubChannelSelection.Raw }) },
        { "1B 00 00 00 02 00", MmcCommand.StartStop(TrayMotion.Eject) },
        { "1B 00 00 00 03 00", MmcCommand.StartStop(TrayMotion.Load) },
        { "1E 00 00 00 01 00", MmcCommand.PreventRemoval(prevent: true) },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Is_what_the_table_says(string expected, byte[] command) =>
        Assert.Equal(Convert.FromHexString(expected.Replace(" ", "", StringComparison.Ordinal)), command);

    [Fact]
    public void A_sector_of_a_cd_is_as_long_as_what_is_asked_for()
    {
        Assert.Equal(2048, CdSectorParts.Data.Length);
        Assert.Equal(2352, CdSectorParts.Raw.Length);
        Assert.Equal(2352 + 294 + 96, new CdSectorParts { IsRaw = true, WithC2 = true, SubChannel = SubChannelSelection.Raw }.Length);
        Assert.Equal(2352 + 16, new CdSectorParts { IsRaw = true, SubChannel = SubChannelSelection.Q }.Length);
    }
}
