// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Discs;

/// <summary>Each class of discs, from what drives tell of it, and what a correct tool does.</summary>
public sealed class DiscClassifierTests
{
    private const int Data = 4;
    private const int Sound = 0;

    [Fact]
    public void An_ordinary_disc_is_imaged_as_it_is()
    {
        DiscClass disc = Classify(Survey(Profile.CdRom, 5_000, (1, 1, Data, 0)));

        Assert.Equal((DiscKind.Data, "CD-ROM", null), (disc.Kind, disc.Medium, disc.Extent));
        Assert.Null(disc.Refusal);
        Assert.Empty(disc.Notes);
    }

    [Fact]
    public void Sound_is_refused_and_says_what_to_do()
    {
        DiscClass disc = Classify(Survey(Profile.CdRom, 9_000, (1, 1, Sound, 0), (2, 1, Sound, 4_000)));

        Assert.Equal(DiscKind.Audio, disc.Kind);
        Assert.Equal("audio-disc", disc.Refusal!.Code);
        Assert.Contains("2 audio tracks", disc.Refusal.What, StringComparison.Ordinal);
        Assert.Equal("audio-disc", Assert.Throws<OperationFailedException>(disc.RefuseIfThereCanBeNoImage).Failure.Code);
    }

    [Fact]
    public void Of_mixed_mode_the_data_track_is_imaged_and_the_rest_told()
    {
        DiscClass disc = Classify(Survey(Profile.CdRom, 90_000, (1, 1, Data, 0), (2, 1, Sound, 30_000), (3, 1, Sound, 60_000)));

        Assert.Equal(DiscKind.MixedMode, disc.Kind);
        Assert.Equal(new SectorRange(0, 30_000), disc.Extent);
        Assert.Equal(["audio-left-out"], disc.Notes.Select(note => note.Code));
    }

    [Fact]
    public void Of_a_cd_extra_the_later_session_is_imaged_and_where_it_begins_told()
    {
        DiscClass disc = Classify(Survey(Profile.CdRom, 90_000, (1, 1, Sound, 0), (2, 1, Sound, 20_000), (3, 2, Data, 61_400)));

        Assert.Equal(DiscKind.CdExtra, disc.Kind);
        Assert.Equal(SectorRange.Between(61_400, 90_000), disc.Extent);
        Assert.Equal([61_400L], disc.ContentStarts);
        Assert.Equal(["audio-left-out", "starts-later"], disc.Notes.Select(note => note.Code));
        Assert.Contains("--offset 61400", disc.Notes[1].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_sessions_of_data_is_nothing_to_be_read()
    {
        DiscClass disc = Classify(Survey(Profile.CdR, 90_000, (1, 1, Data, 0), (2, 2, Data, 41_400), (3, 3, Data, 76_900)));

        Assert.Equal(DiscKind.MultiSession, disc.Kind);
        Assert.Null(disc.Extent);
        Assert.Equal([SectorRange.Between(30_000, 41_400), SectorRange.Between(70_000, 76_900)], disc.Gaps);
        Assert.Equal([76_900L, 41_400, 0], disc.ContentStarts);
        Assert.Equal(["several-sessions"], disc.Notes.Select(note => note.Code));
    }

    [Fact]
    public void One_session_can_be_had_alone()
    {
        DiscSurvey survey = Survey(Profile.CdR, 90_000, (1, 1, Data, 0), (2, 2, Data, 41_400));

        Assert.Equal(SectorRange.Between(41_400, 90_000), Classify(survey, session: 2).Extent);
        Assert.Equal(["starts-later"], Classify(survey, session: 2).Notes.Select(note => note.Code));
        Assert.Equal(SectorRange.Between(0, 30_000), Classify(survey, session: 1).Extent);
        Assert.Equal("no-such-session", Assert.Throws<OperationFailedException>(() => Classify(survey, session: 3)).Failure.Code);
    }

    [Fact]
    public void A_session_of_sound_cannot_be_had()
    {
        DiscSurvey survey = Survey(Profile.CdRom, 90_000, (1, 1, Sound, 0), (2, 2, Data, 41_400));

        Assert.Equal("audio-disc", Classify(survey, session: 1).Refusal!.Code);
        Assert.Null(Classify(survey, session: 2).Refusal);
    }

    [Fact]
    public void A_blank_disc_is_refused()
    {
        DiscClass disc = Classify(Survey(Profile.DvdMinusR, 1, (1, 1, Data, 0)) with { Disc = Information(DiscState.Blank) });

        Assert.Equal((DiscKind.Blank, "blank-disc"), (disc.Kind, disc.Refusal!.Code));
    }

    [Fact]
    public void An_unfinalised_disc_is_imaged_with_a_warning()
    {
        DiscClass disc = Classify(Survey(Profile.DvdPlusR, 50_000, (1, 1, Data, 0)) with { Disc = Information(DiscState.Appendable) });

        Assert.True(disc.IsUnfinalised);
        Assert.Null(disc.Refusal);
        Assert.Equal(["unfinalised-disc"], disc.Notes.Select(note => note.Code));
    }

    [Fact]
    public void An_encrypted_dvd_is_imaged_as_it_is_and_said_to_be_encrypted()
    {
        DiscClass disc = Classify(Survey(Profile.DvdRom, 2_000_000, (1, 1, Data, 0)) with { DvdCopyright = new(0x01, 0xFD) });

        Assert.Equal(("CSS", 2), (disc.Protection, Assert.Single(disc.Regions)));
        Failure note = Assert.Single(disc.Notes);
        Assert.Equal("encrypted-disc", note.Code);
        Assert.Contains("keys are not in it", note.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Profile.DvdRam, "DVD-RAM", 16)]
    [InlineData(Profile.DvdPlusRw, "DVD+RW", 16)]
    [InlineData(Profile.BdRe, "BD-RE", 32)]
    public void A_disc_that_is_written_anywhere_is_imaged_whole(Profile profile, string name, int unit)
    {
        DiscClass disc = Classify(Survey(profile, 2_236_704, (1, 1, Data, 0)) with { FormatCapacities = new(new(2_236_704, 2, 2048), []) });

        Assert.Equal((DiscKind.Data, name, unit, null), (disc.Kind, disc.Medium, disc.SectorsPerUnit, disc.Extent));
        Assert.Equal(["formatted-disc"], disc.Notes.Select(note => note.Code));
        Assert.Contains(disc.Sizes, size => size is { Source: "read-format-capacities", Sectors: 2_236_704 });
    }

    [Fact]
    public void Every_answer_to_how_long_it_is_is_kept_with_its_source()
    {
        DiscClass disc = Classify(Survey(Profile.DvdRom, 3_000_000, (1, 1, Data, 0)) with
        {
            DvdFormat = new()
            {
                BookType = 0,
                Layers = 2,
                IsOppositeTrackPath = true,
                FirstPhysicalSector = 0x30000,
                LastPhysicalSector = 0xFCFFFF,
                LastPhysicalSectorOfLayer0 = 0x22D7FF,
            },
        });

        Assert.Equal(
            [("read-capacity", 3_000_000L), ("lead-out", 3_000_000), ("physical-format-information", 4_173_824)],
            disc.Sizes.Select(size => (size.Source, size.Sectors)));
        Assert.Equal((2, 2_086_912L), (disc.Layers, disc.LayerBreak));
    }

    [Fact]
    public void A_drive_that_says_that_the_disc_is_too_short_is_not_believed_silently() =>
        Assert.Equal(["capacity-too-small"], Classify(Survey(Profile.CdRom, 5_000, (1, 1, Data, 0)) with { Capacity = new(4_000, 2048) }).Notes.Select(note => note.Code));

    [Fact]
    public void A_drive_that_tells_nothing_leaves_it_unknown() => Assert.Equal(DiscKind.Unknown, Classify(new()).Kind);

    [Fact]
    public void Rows_of_bad_sectors_on_an_encrypted_dvd_are_suspect()
    {
        SectorRange[] rows = [new(10_000, 64), new(20_000, 64), new(30_000, 64)];

        Assert.NotNull(ProtectionSuspicion.Of(isEncrypted: true, mark: null, rows, 2048));
        Assert.Null(ProtectionSuspicion.Of(isEncrypted: false, mark: null, rows, 2048));
        Assert.Null(ProtectionSuspicion.Of(isEncrypted: true, mark: null, [new(10_000, 64)], 2048));
        Assert.Null(ProtectionSuspicion.Of(isEncrypted: true, mark: null, [new(1_000_000, 64), new(1_100_000, 64), new(1_200_000, 64)], 2048));
        Assert.Equal("RipGuard", ProtectionSuspicion.Of(isEncrypted: false, "RipGuard", [new(10_000, 1)], 2048));
        Assert.Equal("RipGuard", ProtectionSuspicion.MarkedIn([.. new byte[883], .. "xMVSNRGFPx"u8, .. new byte[1_155]]));
        Assert.Null(ProtectionSuspicion.MarkedIn(new byte[2048]));
    }

    [Theory]
    [InlineData(false, null, 7, 7)]
    [InlineData(true, null, 7, 1)]
    [InlineData(true, null, 0, 0)]
    [InlineData(false, "RipGuard", 7, 0)]
    public void Where_sectors_may_be_bad_on_purpose_they_are_not_tried_again_and_again(bool isEncrypted, string? mark, int asked, int tried) =>
        Assert.Equal(tried, ProtectionSuspicion.CapRetries(isEncrypted, mark, asked));

    private static DiscClass Classify(DiscSurvey survey, int? session = null) => DiscClassifier.Classify(survey, "/dev/sr0", session);

    private static DiscInformation Information(DiscState state) => new()
    {
        State = state,
        LastSession = state == DiscState.Blank ? SessionState.Empty : SessionState.Incomplete,
        IsErasable = false,
        FirstTrack = 1,
        Sessions = 1,
        FirstTrackOfLastSession = 1,
        LastTrack = 1,
        CdType = 0xFF,
    };

    /// <summary>Sessions end where the gap in front of the next one begins.</summary>
    private static DiscSurvey Survey(Profile profile, int end, params (int Number, int Session, int Control, int Start)[] tracks)
    {
        List<RawTocEntry> entries = [];
        foreach (var session in tracks.GroupBy(track => track.Session))
        {
            int? next = tracks.Where(track => track.Session == session.Key + 1).Select(track => (int?)track.Start).FirstOrDefault();
            entries.Add(new(session.Key, Data, 1, 0xA2, next is { } start ? start - (session.Key == 1 ? 11_400 : 6_900) : end, 0, 0));
            entries.AddRange(session.Select(track => new RawTocEntry(track.Session, track.Control, 1, track.Number, track.Start, 0, 0)));
        }

        return new()
        {
            Configuration = new(profile, []),
            Capacity = new(end, 2048),
            Toc = new(1, tracks.Length, [.. tracks.Select(track => new TocTrack(track.Number, track.Control, track.Start)), new(TocTrack.LeadOut, Data, end)]),
            RawToc = new(1, tracks[^1].Session, entries),
        };
    }
}
