// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;
using Spindle.Drives.Tests.Mmc;

namespace Spindle.Drives.Tests;

public sealed class DiscLayoutTests
{
    private const byte Data = 4;
    private const byte Sound = 0;

    [Fact]
    public void Finds_the_sessions_in_the_lead_ins()
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.CdR, 60_000)
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (2, Data, 31_400), (0xAA, Data, 60_000)))
            .Answer(MmcCommand.ReadToc(TocFormat.Full, 1, 0), Replies.RawToc((1, 0xA2, Data, 20_000), (1, 1, Data, 0), (2, 0xA2, Data, 60_000), (2, 2, Data, 31_400)));

        Assert.Equal(["1: 1 data 0-19999", "2: 2 data 31400-59999"], Describe(drive));
    }

    [Fact]
    public void Finds_them_by_the_last_sessions_first_track_where_there_are_no_lead_ins()
    {
        // A CD-Extra, and a drive that knows the oldest commands only: the lead-out of the first session is not told.
        SimulatedDrive drive = Replies.DriveWith(Profile.CdRom, 60_000)
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Sound, 0), (2, Sound, 9_000), (3, Data, 31_400), (0xAA, Data, 60_000)))
            .Answer(MmcCommand.ReadToc(TocFormat.Sessions, 0, 0), Replies.Sessions(2, 3, Data, 31_400));

        Assert.Equal(["1: 1 sound 0-8999, 2 sound 9000-19999", "2: 3 data 31400-59999"], Describe(drive));
    }

    [Theory]
    [InlineData(150, "1: 1 data 0-8849, 2 sound 9000-19999")]
    [InlineData(225, "1: 1 data 0-8774, 2 sound 9000-19999")]
    [InlineData(1, "1: 1 data 0-8998, 2 sound 9000-19999")]
    [InlineData(0, "1: 1 data 0-8999, 2 sound 9000-19999")]
    public void Ends_the_data_where_the_pause_in_front_of_sound_begins(int pause, string expected)
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.CdRom, 20_000)
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (2, Sound, 9_000), (0xAA, Sound, 20_000)));
        for (int sector = 4_500; sector < 9_000; sector++)
        {
            // Every third one says something else, as a disc's catalogue number does now and then.
            bool isPause = sector >= 9_000 - pause;
            byte[] q = sector % 3 == 1 ? new byte[12] : Replies.Position(isPause ? 2 : 1, isPause ? 0 : 1, !isPause, sector, isPause ? 9_000 - sector : sector);
            drive.Answer(MmcCommand.ReadCd((uint)sector, 1, CdSectorParts.RawWithSubChannels), [.. new byte[2352], .. Replies.Interleaved(q)]);
        }

        Assert.Equal([expected], Describe(drive));
        Assert.InRange(drive.Commands.Count(command => command[0] == 0xBE), 1, 2 + (3 * 12));
    }

    [Fact]
    public void Believes_no_sector_that_says_that_it_is_another_one()
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.CdRom, 20_000)
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (2, Sound, 9_000), (0xAA, Sound, 20_000)));
        foreach (uint sector in new uint[] { 4_500, 8_999 })
        {
            byte[] q = Replies.Position(2, 0, isData: false, 8_990, 10);
            drive.Answer(MmcCommand.ReadCd(sector, 1, CdSectorParts.RawWithSubChannels), [.. new byte[2352], .. Replies.Interleaved(q)]);
        }

        Assert.Equal(["1: 1 data 0-8999, 2 sound 9000-19999"], Describe(drive));
    }

    [Fact]
    public void Takes_the_borders_of_a_dvd_from_its_tracks()
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.DvdMinusR, 900_000)
            .Answer(MmcCommand.ReadDiscInformation(0), Replies.DiscInformation(0x0E, 2, 2, 2))
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (2, Data, 440_000), (0xAA, Data, 900_000)))
            .Answer(MmcCommand.ReadTrackInformation(1, 0), Replies.Track(1, 1, Data, 0, 400_000))
            .Answer(MmcCommand.ReadTrackInformation(2, 0), Replies.Track(2, 2, Data, 440_000, 460_000));

        Assert.Equal(["1: 1 data 0-399999", "2: 2 data 440000-899999"], Describe(drive));
    }

    [Theory]
    [InlineData(Profile.DvdMinusR)]
    [InlineData(Profile.DvdPlusR)]
    [InlineData(Profile.BdRSequential)]
    public void Asks_the_tracks_where_the_table_of_contents_was_made_up(Profile profile)
    {
        // All but the last session are one track there, or all of the disc is.
        foreach (byte[] toc in (byte[][])[Replies.Toc((1, Data, 0), (2, Data, 700_000), (0xAA, Data, 900_000)), Replies.Toc((1, Data, 0), (0xAA, Data, 900_000))])
        {
            SimulatedDrive drive = Replies.DriveWith(profile, 900_000)
                .Answer(MmcCommand.ReadDiscInformation(0), Replies.DiscInformation(0x0E, 3, 3, 3))
                .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), toc)
                .Answer(MmcCommand.ReadTrackInformation(1, 0), Replies.Track(1, 1, Data, 0, 400_000))
                .Answer(MmcCommand.ReadTrackInformation(2, 0), Replies.Track(2, 2, Data, 440_000, 200_000))
                .Answer(MmcCommand.ReadTrackInformation(3, 0), Replies.Track(3, 3, Data, 700_000, 200_000));

            Assert.Equal(["1: 1 data 0-399999", "2: 2 data 440000-639999", "3: 3 data 700000-899999"], Describe(drive));
        }
    }

    [Fact]
    public void Leaves_out_the_track_in_which_writing_would_go_on()
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.DvdMinusR, 640_000)
            .Answer(MmcCommand.ReadDiscInformation(0), Replies.DiscInformation(0x05, 3, 3, 3))
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (0xAA, Data, 640_000)))
            .Answer(MmcCommand.ReadTrackInformation(1, 0), Replies.Track(1, 1, Data, 0, 400_000))
            .Answer(MmcCommand.ReadTrackInformation(2, 0), Replies.Track(2, 2, Data, 440_000, 200_000))
            .Answer(MmcCommand.ReadTrackInformation(3, 0), Replies.Track(3, 3, Data, 660_000, 1_600_000, isBlank: true));

        Assert.Equal(["1: 1 data 0-399999", "2: 2 data 440000-639999"], Describe(drive));
    }

    [Fact]
    public void Takes_all_in_front_of_the_last_border_for_data_where_nothing_tells_its_end()
    {
        // A DVD-ROM drive knows nothing of tracks. The gap of a CD would cut data off.
        SimulatedDrive drive = Replies.DriveWith(Profile.DvdRom, 900_000)
            .Answer(MmcCommand.ReadToc(TocFormat.Tracks, 0, 0), Replies.Toc((1, Data, 0), (2, Data, 700_000), (0xAA, Data, 900_000)))
            .Answer(MmcCommand.ReadToc(TocFormat.Sessions, 0, 0), Replies.Sessions(3, 2, Data, 700_000));

        Assert.Equal(["1: 1 data 0-699999", "3: 2 data 700000-899999"], Describe(drive));
    }

    [Fact]
    public void Knows_a_disc_by_its_capacity_where_there_is_no_table_of_contents() =>
        Assert.Equal(["1: 1 data 0-4999"], Describe(Replies.DriveWith(Profile.DvdRam, 5_000)));

    [Fact]
    public void Finds_nothing_on_a_blank_disc() => Assert.Empty(
        Describe(Replies.DriveWith(Profile.CdR, 1).Answer(MmcCommand.ReadDiscInformation(0), Replies.DiscInformation(0x00, 1, 1, 1))));

    [Fact]
    public void Finds_nothing_in_an_empty_drive() => Assert.Empty(
        Describe(new SimulatedDrive().Refuse(MmcCommand.TestUnitReady(), new(SenseKey.NotReady, 0x3A, 0x01))));

    [Fact]
    public void Hears_that_the_disc_was_changed_and_asks_again()
    {
        SimulatedDrive drive = Replies.DriveWith(Profile.CdRom, 5_000).SayFirst(new(SenseKey.UnitAttention, 0x28, 0x00));

        Assert.Equal(["1: 1 data 0-4999"], Describe(drive));
    }

    private static string[] Describe(SimulatedDrive simulated)
    {
        using OpticalDrive drive = new(simulated);
        return
        [
            .. DiscLayout.Of(DiscSurveyor.Survey(drive)).Select(session =>
                $"{session.Number}: {string.Join(", ", session.Tracks.Select(track => $"{track.Number} {(track.IsData ? "data" : "sound")} {track.Range}"))}"),
        ];
    }
}
