// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using FsCheck;
using FsCheck.Fluent;
using Spindle.Drives.MacOS;
using Spindle.Drives.Mmc;
using Spindle.Testing;
using Spindle.Testing.MacOS;

namespace Spindle.Drives.Tests.MacOS;

/// <summary>What the surveyor and the tuning of drives get to know through the calls of macOS.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MacTransportTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly SimulatedMac _mac = new();

    public MacTransportTests() => _mac.Attach("IOBDServices", "PIONEER", "BD-RW BDR-XD07", "1.02");

    public void Dispose() => _mac.Dispose();

    [Fact]
    public void An_empty_drive_says_who_it_is_and_that_it_is_empty()
    {
        DiscSurvey survey = _mac.TryOpen("drive1")!.TrySurvey()!;

        Assert.Equal(new(5, "PIONEER", "BD-RW BDR-XD07", "1.02"), survey.Drive);
        Assert.True(survey.NotReady!.Value.IsNoMedium);
        Assert.Equal([Profile.BdRom, Profile.DvdRom, Profile.CdRom], survey.Configuration!.Profiles);
        Assert.Equal(Profile.None, survey.Profile);
    }

    [Fact]
    public void A_CD_is_surveyed_with_its_tracks_and_sessions()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Cd(SimulatedDisc.Pattern(1000 * 2048), "CD-R", soundFrom: 600);
        disc.Answers[4] = [0, 26, 0, 0, .. new byte[24]];
        DiscSurvey survey = Survey(disc);

        Assert.Equal((Profile.CdR, new(1000, 2048)), (survey.Profile, survey.Capacity!.Value));
        Assert.Equal(DiscState.Finalised, survey.Disc!.State);
        Assert.Equal([(1, 0L, true), (2, 600L, false), (TocTrack.LeadOut, 1000L, false)], survey.Toc!.Tracks.Select(track => (track.Number, track.Start, track.IsData)));
        Assert.Equal((1, 1, 1), (survey.Sessions!.FirstSession, survey.Sessions.LastSession, survey.Sessions.FirstTrackOfLast.Number));
        Assert.Equal(1000, survey.RawToc!.LeadOutOf(1));
        Assert.NotNull(survey.Atip);
        Assert.Null(survey.CdText); // there is none on it, which is an error to the driver
        Assert.Equal([600L, 400L], survey.Tracks.Select(track => track.Sectors));
        Assert.Equal([(1, 0L, 600L), (2, 600L, 400L)], DiscLayout.Of(survey).Single().Tracks.Select(track => (track.Number, track.Range.Start, track.Range.Count)));
    }

    [Fact]
    public void A_DVD_is_surveyed_with_its_layers_and_protection()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048));
        disc.Answers[1] = [0, 6, 0, 0, 1, 0xFD, 0, 0];
        DiscSurvey survey = Survey(disc);

        Assert.Equal((Profile.DvdRom, new(100, 2048)), (survey.Profile, survey.Capacity!.Value));
        Assert.Equal(1, survey.DvdFormat!.Layers);
        Assert.Equal("CSS", survey.DvdCopyright!.Value.Name);
        Assert.Null(survey.Toc);
        Assert.Equal((0L, 100L), DiscLayout.Of(survey).Single().Tracks.Select(track => (track.Range.Start, track.Range.Count)).Single());
    }

    [Theory]
    [InlineData("DVD-R", Profile.DvdMinusRDualLayer)]
    [InlineData("DVD+R", Profile.DvdPlusRDualLayer)]
    [InlineData("DVD+RW", Profile.DvdPlusRwDualLayer)]
    [InlineData("DVD-RW", Profile.DvdMinusRwDualLayer)]
    [InlineData("DVD-ROM", Profile.DvdRom)]
    public void A_disc_of_two_layers_is_known_by_what_it_says_of_itself(string type, Profile profile)
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048), type);
        disc.Answers[0][6] |= 0x20; // bits 5 and 6: layers less one
        disc.Answers[0x20] = [0, 10, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 60];

        DiscSurvey survey = Survey(disc);

        Assert.Equal((profile, 2), (survey.Profile, survey.DvdFormat!.Layers));
        Assert.Equal(profile is Profile.DvdMinusRDualLayer or Profile.DvdPlusRDualLayer ? 60 : null, survey.LayerBoundary?.Sectors);
    }

    [Fact]
    public void A_Bluray_disc_is_surveyed()
    {
        DiscSurvey survey = Survey(SimulatedMacDisc.Bd(SimulatedDisc.Pattern(64 * 2048), "BD-RE"));

        Assert.Equal((Profile.BdRe, new("BDR", 1)), (survey.Profile, survey.Bluray));
        Assert.Equal((false, 64L), (survey.FormatCapacities!.IsUnformatted, survey.FormatCapacities.Current.Sectors));
        Assert.Single(DiscLayout.Of(survey));
    }

    [Fact]
    public void A_disc_that_was_never_formatted_says_so()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Bd(SimulatedDisc.Pattern(64 * 2048), "BD-RE");
        disc.IsFormatted = false;

        Assert.True(Survey(disc).FormatCapacities!.IsUnformatted);
    }

    [Fact]
    public void A_disc_of_which_the_drive_tells_nothing_is_one_track()
    {
        DiscSurvey survey = Survey(new SimulatedMacDisc("IODVDMedia", "DVD-ROM", SimulatedDisc.Pattern(100 * 2048)));

        Assert.Equal((null, null, null), (survey.Disc, survey.DvdFormat, survey.DvdCopyright));
        Assert.Equal(100, DiscLayout.Of(survey).Single().Range.Count);
    }

    [Fact]
    public void Raw_sectors_of_a_CD_are_asked_for_in_their_own_size()
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Cd(SimulatedDisc.Pattern(100 * 2048));
        _mac.Insert("IOBDServices", "disk2", disc);
        using MacTransport transport = Connect();
        byte[] raw = new byte[2 * 2352];
        byte[] withSubChannels = new byte[2448];

        Assert.Equal(ScsiReply.Good(2 * 2352), transport.Execute(MmcCommand.ReadCd(70, 2, CdSectorParts.Raw), raw, Limit));
        Assert.Equal(ScsiReply.Good(2448), transport.Execute(MmcCommand.ReadCd(99, 1, CdSectorParts.RawWithSubChannels), withSubChannels, Limit));

        Assert.Equal([.. disc.Raw(70), .. disc.Raw(71)], raw);
        Assert.Equal(disc.Raw(99), withSubChannels[..2352]);
    }

    [Fact]
    public void Sound_cannot_be_read_as_data_and_a_DVD_not_as_a_CD()
    {
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Cd(SimulatedDisc.Pattern(100 * 2048), soundFrom: 50));
        using (MacTransport transport = Connect())
        {
            Assert.True(transport.Execute(MmcCommand.Read10(49, 1), new byte[2048], Limit).IsGood);
            Assert.Equal(SenseKey.MediumError, transport.Execute(MmcCommand.Read10(50, 1), new byte[2048], Limit).Sense.Key);
            Assert.Equal(SenseKey.IllegalRequest, transport.Execute(MmcCommand.ReadCd(0, 1, CdSectorParts.Raw with { WithC2 = true, SubChannel = SubChannelSelection.Packed }), new byte[2742], Limit).Sense.Key);
        }

        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048)));
        using MacTransport dvd = Connect();
        Assert.Equal(SenseKey.IllegalRequest, dvd.Execute(MmcCommand.ReadCd(0, 1, CdSectorParts.Raw), new byte[2352], Limit).Sense.Key);
        Assert.Equal(SenseKey.IllegalRequest, dvd.Execute(MmcCommand.ReadToc(TocFormat.Full, 1, 100), new byte[100], Limit).Sense.Key);
    }

    [Theory]
    [InlineData(0x01)] // error recovery
    [InlineData(0x2A)]
    public void Settings_that_macOS_does_not_know_are_refused_and_speeds_are_set_and_put_back(byte page)
    {
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048)));
        using MacTransport transport = Connect();
        Assert.Equal(page == ReadingSpeed.Page, transport.Execute(MmcCommand.ModeSense(page, 96), new byte[96], Limit).IsGood);
        Assert.False(transport.Execute(MmcCommand.Read12(0, 1, fromMedium: true), new byte[2048], Limit).IsGood);
        Assert.False(transport.Send(MmcCommand.ModeSelect(8), new byte[8], Limit).IsGood);

        using (DriveTuning tuning = _mac.TryOpen("disk2")!.TryTune()!)
        {
            Assert.False(tuning.TryLimitRetries(1));
            Assert.True(tuning.TrySetSpeed(1385));
            Assert.Equal(1385, Speed(transport));
        }

        Assert.Equal(8467, Speed(transport));
    }

    [Theory]
    [InlineData(MacError.InputOutput, SenseKey.MediumError)]
    [InlineData(MacError.TimedOut, SenseKey.MediumError)]
    [InlineData(MacError.DeviceError, SenseKey.HardwareError)]
    [InlineData(MacError.Busy, SenseKey.AbortedCommand)]
    [InlineData(MacError.Invalid, SenseKey.IllegalRequest)]
    [InlineData(MacError.NoSuchCall, SenseKey.IllegalRequest)]
    [InlineData(MacError.NoSuchDevice, SenseKey.NotReady)]
    [InlineData(MacError.BadDescriptor, SenseKey.NotReady)]
    [InlineData(82, SenseKey.HardwareError)] // EPWROFF
    public void Errors_of_the_system_become_what_a_drive_would_have_said(int error, SenseKey key)
    {
        _mac.Insert("IOBDServices", "disk2", SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(100 * 2048)));
        using MacTransport transport = Connect();
        _mac.Calls.Error = error;

        ScsiReply reply = transport.Execute(MmcCommand.Read10(0, 1), new byte[2048], Limit);

        Assert.Equal((false, 0, key), (reply.IsGood, reply.Length, reply.Sense.Key));
    }

    [Theory]
    [InlineData(uint.MaxValue, true)]
    [InlineData(1L + uint.MaxValue, false)]
    [InlineData(long.MaxValue, false)]
    public void A_disk_of_more_sectors_than_commands_can_say_is_refused_and_not_read_in_part(long blocks, bool isRead)
    {
        SimulatedMacDisc disc = SimulatedMacDisc.Dvd(SimulatedDisc.Pattern(20 * 2048));
        disc.Claimed = (ulong)blocks;
        _mac.Insert("IOBDServices", "disk2", disc);

        Assert.Equal(isRead ? null : "source-unreadable", Record.Exception(() => _mac.TryOpen("disk2")!.OpenMedium(0, out _).Dispose()) is Media.OperationFailedException e ? e.Failure.Code : null);
        Assert.Equal(0, _mac.Calls.Opened);
    }

    [Fact]
    public void A_disc_of_nothing_has_no_sectors()
    {
        _mac.Insert("IOBDServices", "disk2", new SimulatedMacDisc("IOCDMedia", "CD-R", []));

        Assert.Null(_mac.TryOpen("disk2")!.TrySurvey()!.Capacity);
        Assert.Equal("empty-source", Assert.Throws<Media.OperationFailedException>(() => _mac.TryOpen("disk2")!.OpenMedium(0, out _)).Failure.Code);
    }

    [Theory]
    [InlineData("IOCDMedia", "CD-R")]
    [InlineData("IODVDMedia", "DVD+R")]
    [InlineData("IOBDMedia", "BD-RE")]
    public void No_answer_of_a_driver_is_trusted(string family, string type)
    {
        SimulatedMacDisc? inserted = null;
        SimulatedMacCalls calls = new(_ => inserted, (_, _) => { });
        RegisteredDrive drive = new(1, "IOBDServices");
        Prop.ForAll(
            ArbMap.Default.ArbFor<(byte[] First, byte[] Second, byte[] Third)>(),
            answers =>
            {
                inserted = new(family, type, new byte[20 * 2048]) { DiscInformation = answers.First };
                foreach (int format in Enumerable.Range(0, 6).Append(0x20))
                {
                    inserted.Answers[format] = format % 2 == 0 ? answers.Second : answers.Third;
                }

                foreach (int track in Enumerable.Range(1, 99))
                {
                    inserted.Tracks[(uint)track] = answers.Third;
                }

                RegisteredDisc disc = new("disk2", family switch { "IOCDMedia" => DiscFamily.Cd, "IODVDMedia" => DiscFamily.Dvd, _ => DiscFamily.Bluray }, family switch { "IOCDMedia" => Profile.CdR, "IODVDMedia" => Profile.DvdPlusR, _ => Profile.BdRe });
                using OpticalDrive asked = new(new MacTransport(calls, "disk2", calls.Open("/dev/rdisk2"), drive, disc, () => true));
                _ = DiscLayout.Of(DiscSurveyor.Survey(asked));
            }).QuickCheckThrowOnFailure();
    }

    private static int Speed(MacTransport transport)
    {
        using OpticalDrive drive = new(new Borrowed(transport));
        return drive.AskSpeed()!.Value.Current;
    }

    private DiscSurvey Survey(SimulatedMacDisc disc)
    {
        _mac.Insert("IOBDServices", "disk2", disc);
        return _mac.TryOpen("disk2")!.TrySurvey()!;
    }

    private MacTransport Connect()
    {
        RegisteredDrive drive = _mac.Machine.Drives()[0];
        return new(_mac.Calls, "disk2", _mac.Calls.Open("/dev/rdisk2"), drive, drive.Disc, () => true);
    }

    private sealed class Borrowed(IScsiTransport transport) : IScsiTransport
    {
        public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout) => transport.Execute(command, data, timeout);

        public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => transport.Send(command, data, timeout);

        public void Dispose()
        {
        }
    }
}
