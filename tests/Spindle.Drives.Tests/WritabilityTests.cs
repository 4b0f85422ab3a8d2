// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests;

/// <summary>What can be written onto a disc, by what the drive tells of it.</summary>
public sealed class WritabilityTests
{
    public static TheoryData<Profile, DiscState, SessionState, WritingState> Discs() => new()
    {
        { Profile.BdRSequential, DiscState.Blank, SessionState.Empty, WritingState.Blank },
        { Profile.BdRSequential, DiscState.Appendable, SessionState.Empty, WritingState.Blank }, // formatted, and not written
        { Profile.BdRSequential, DiscState.Appendable, SessionState.Incomplete, WritingState.Appendable },
        { Profile.DvdMinusR, DiscState.Appendable, SessionState.Damaged, WritingState.Interrupted },
        { Profile.CdR, DiscState.Finalised, SessionState.Complete, WritingState.Finished },
        { Profile.CdR, DiscState.Other, SessionState.Complete, WritingState.Unknown },
    };

    [Theory]
    [MemberData(nameof(Discs))]
    public void The_state_of_what_is_written_from_front_to_back(Profile profile, DiscState state, SessionState session, WritingState expected) =>
        Assert.Equal(expected, Writability.Of(Survey(profile, state, session))?.State);

    [Fact]
    public void A_disc_that_was_pressed_can_not_be_written() => Assert.Null(Writability.Of(Survey(Profile.DvdRom, DiscState.Finalised, SessionState.Complete)));

    [Fact]
    public void Nothing_is_said_of_a_disc_of_which_the_drive_says_nothing() => Assert.Null(Writability.Of(Survey(Profile.CdR, DiscState.Blank, SessionState.Empty) with { Disc = null }));

    [Theory]
    [InlineData(1, WritingState.Blank, 2000)]
    [InlineData(2, WritingState.Overwritable, 1000)]
    public void A_disc_that_is_written_anywhere_is_as_large_as_its_format(int current, WritingState state, long free)
    {
        DiscSurvey survey = Survey(Profile.BdRe, DiscState.Blank, SessionState.Empty) with
        {
            FormatCapacities = new(new(1000, current, 2048), [new(1500, FormatOrder.Usual, 0), new(2000, FormatOrder.BdReWithoutSpare, 0)]),
        };

        Writability disc = Writability.Of(survey)!;

        Assert.Equal((state, free), (disc.State, disc.FreeSectors));
    }

    [Fact]
    public void The_room_of_a_blank_CD_is_moulded_into_it_where_the_drive_does_not_tell()
    {
        DiscSurvey survey = Survey(Profile.CdR, DiscState.Blank, SessionState.Empty) with { Tracks = [], Atip = new(false, -11_000, 359_845, "97:26:65") };

        Assert.Equal(359_845, Writability.Of(survey)?.FreeSectors);
    }

    [Theory]
    [InlineData(Profile.DvdPlusR, 0x002B, true, 1, true)]
    [InlineData(Profile.DvdPlusR, 0x002B, true, 0, false)] // it only reads them
    [InlineData(Profile.DvdPlusR, 0x002B, false, 1, false)]
    [InlineData(Profile.DvdMinusR, 0x002F, false, 1, false)]
    [InlineData(Profile.DvdMinusRwSequential, 0x002F, false, 1, true)] // full, but it can be erased
    [InlineData(Profile.BdRSequential, 0x0041, true, 0, true)]
    [InlineData(Profile.BdRSequential, 0x0040, true, 1, false)]
    public void Who_writes_it_says_so_by_its_features(Profile profile, ushort feature, bool isCurrent, byte first, bool isByThisDrive)
    {
        DiscSurvey survey = Survey(profile, DiscState.Blank, SessionState.Empty) with { Configuration = new(profile, [new(feature, isCurrent, [first, 0, 0, 0])]) };

        Assert.Equal(isByThisDrive, Writability.Of(survey)!.IsByThisDrive);
    }

    private static DiscSurvey Survey(Profile profile, DiscState state, SessionState session) => new()
    {
        Configuration = new(profile, []),
        Disc = new() { State = state, LastSession = session, IsErasable = false, FirstTrack = 1, Sessions = 1, FirstTrackOfLastSession = 1, LastTrack = 1, CdType = 0 },
        Tracks =
        [
            new()
            {
                Number = 1, Session = 1, Control = 4, DataMode = 1, IsDamaged = false, IsBlank = session == SessionState.Empty, IsPacket = false, Start = 0, NextWritable = 0, Free = 500,
                Sectors = 500, LastRecorded = null,
            },
        ],
    };
}
