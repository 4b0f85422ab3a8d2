// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Tests.Mmc;

public sealed class ReplyTests
{
    [Theory]
    [InlineData("70 00 03 00 00 00 00 0A 00 00 00 00 11 05", SenseKey.MediumError, 0x11, 0x05, null)]
    [InlineData("F0 00 03 00 00 10 00 0A 00 00 00 00 11 00", SenseKey.MediumError, 0x11, 0x00, 4096L)]
    [InlineData("72 05 6F 03 00 00 00 00", SenseKey.IllegalRequest, 0x6F, 0x03, null)]
    [InlineData("72 03 11 00 00 00 00 0C 00 0A 80 00 00 00 00 00 00 00 10 00", SenseKey.MediumError, 0x11, 0x00, 4096L)]
    [InlineData("72 03 11 00 00 00 00 10 02 02 00 00 00 0A 80 00 00 00 00 00 00 00 00 07", SenseKey.MediumError, 0x11, 0x00, 7L)]
    public void Reads_sense_data_of_both_formats(string hex, SenseKey key, byte code, byte qualifier, long? sector)
    {
        Sense sense = Sense.Parse(Replies.Bytes(hex));

        Assert.Equal((key, code, qualifier, sector), (sense.Key, sense.Code, sense.Qualifier, sense.Information));
    }

    [Theory]
    [InlineData("70 00 02 00 00 00 00 0A 00 00 00 00 3A 02", "there is no disc, and the tray is open (2/3A/02)")]
    [InlineData("70 00 05 00 00 00 00 0A 00 00 00 00 64 00", "the track is of another kind: sound, where data was asked for, or the reverse (5/64/00)")]
    [InlineData("70 00 09 00 00 00 00 0A 00 00 00 00 80 01", "the drive reports a failure of its own kind (9/80/01)")]
    public void Says_sense_in_words(string hex, string expected) => Assert.Equal(expected, Sense.Parse(Replies.Bytes(hex)).ToString());

    [Fact]
    public void Tells_why_a_drive_cannot_be_read()
    {
        Assert.True(new Sense(SenseKey.NotReady, 0x3A, 0x01).IsNoMedium);
        Assert.True(new Sense(SenseKey.NotReady, 0x04, 0x01).IsBecomingReady);
        Assert.False(new Sense(SenseKey.NotReady, 0x04, 0x03).IsBecomingReady);
        Assert.True(new Sense(SenseKey.IllegalRequest, 0x6F, 0x03).IsProtected);
        Assert.True(new Sense(SenseKey.IllegalRequest, 0x64, 0x00).IsWrongTrackMode);
    }

    [Fact]
    public void Reads_who_the_drive_is() => Assert.Equal(new(5, "HL-DT-ST", "BD-RE  WH16NS60", "1.02"), InquiryData.Parse(Replies.Inquiry));

    [Fact]
    public void Reads_what_the_drive_can_do()
    {
        DriveConfiguration configuration = DriveConfiguration.Parse(Replies.Configuration(Profile.DvdRom))!;

        Assert.Equal(Profile.DvdRom, configuration.CurrentProfile);
        Assert.Equal([Profile.BdRom, Profile.DvdRom, Profile.CdRom], configuration.Profiles);
        Assert.Equal([0, 1], configuration.Features.Select(feature => (int)feature.Code));
    }

    [Fact]
    public void Reads_how_far_a_disc_is_written()
    {
        DiscInformation disc = DiscInformation.Parse(Replies.Bytes("00 20 15 01 03 04 05 00 20 00 00 00") is var start ? [.. start, .. new byte[22]] : [])!;

        Assert.Equal((DiscState.Appendable, SessionState.Incomplete, true), (disc.State, disc.LastSession, disc.IsErasable));
        Assert.Equal((1, 3, 4, 5, 0x20), (disc.FirstTrack, disc.Sessions, disc.FirstTrackOfLastSession, disc.LastTrack, disc.CdType));
    }

    [Fact]
    public void Reads_a_track_that_is_written_in_packets()
    {
        byte[] reply = Replies.Track(2, 1, 0x04, start: 12_000, sectors: 300_000, mode: 0x21);
        reply[7] = 0x03;
        Replies.Big(12_400).CopyTo(reply, 12);
        Replies.Big(12_399).CopyTo(reply, 28);

        TrackInformation track = TrackInformation.Parse(reply)!;

        Assert.Equal((2, 1, true, true, false), (track.Number, track.Session, track.IsData, track.IsPacket, track.IsBlank));
        Assert.Equal((12_000, 300_000, 12_400, 12_399), (track.Start, track.Sectors, track.NextWritable, track.LastRecorded));
    }

    [Theory]
    [InlineData(0, null, null)] // NWA_V, LRA_V
    [InlineData(1, 500L, null)]
    [InlineData(2, null, 400L)]
    [InlineData(3, 500L, 400L)]
    public void Only_what_a_track_says_to_be_valid_is_believed(byte valid, long? next, long? last)
    {
        byte[] reply = new byte[36];
        reply[7] = valid;
        Replies.Big(500).CopyTo(reply, 12);
        Replies.Big(400).CopyTo(reply, 28);

        TrackInformation track = TrackInformation.Parse(reply)!;

        Assert.Equal((next, last), (track.NextWritable, track.LastRecorded));
    }

    [Fact]
    public void A_feature_is_current_or_only_there()
    {
        byte[] reply = [0, 0, 0, 16, 0, 0, 0, 0x10, 0x01, 0x05, 0x03, 4, 1, 2, 3, 4, 0x01, 0x06, 0x02, 0]; // ended by the length of the whole

        DriveConfiguration configuration = DriveConfiguration.Parse(reply)!;

        Assert.Equal([(0x105, true, 4), (0x106, false, 0)], configuration.Features.Select(feature => ((int)feature.Code, feature.IsCurrent, feature.Data.Length)));
        Assert.Equal(Profile.DvdRom, configuration.CurrentProfile);
    }

    [Theory]
    [InlineData(0x05, true)]
    [InlineData(0x25, true)] // of a peripheral that is not connected now
    [InlineData(0x00, false)] // a disk
    [InlineData(0x07, false)]
    public void An_optical_drive_is_of_device_type_5(byte first, bool isOptical) =>
        Assert.Equal(isOptical, InquiryData.Parse([first, .. Replies.Inquiry[1..]])!.IsOptical);

    [Theory]
    [InlineData(36, 0x0102, 0x0304)]
    [InlineData(34, 0x0102, 0x0304)]
    [InlineData(33, 2, 4)] // older drives end before the high bytes
    public void Reads_numbers_of_tracks_and_sessions_above_255_where_there_is_room_for_them(int length, int number, int session)
    {
        byte[] reply = new byte[36];
        (reply[2], reply[3], reply[32], reply[33]) = (2, 4, 1, 3);

        TrackInformation track = TrackInformation.Parse(reply.AsSpan(0, length))!;

        Assert.Equal((number, session), (track.Number, track.Session));
    }

    [Theory]
    [InlineData("72 03 11 05", 3, 0x11, 5)]
    [InlineData("73 03 11 05 00 00 00 00", 3, 0x11, 5)]
    [InlineData("72 03 11", 0, 0, 0)] // cut off
    public void Reads_sense_of_descriptors_without_any(string hex, int key, byte code, byte qualifier)
    {
        Sense sense = Sense.Parse(Replies.Bytes(hex));

        Assert.Equal(((SenseKey)key, code, qualifier, hex[1] == '3'), (sense.Key, sense.Code, sense.Qualifier, sense.IsDeferred));
    }

    [Theory]
    [InlineData(Profile.CdR, true)]
    [InlineData(Profile.DvdMinusR, true)]
    [InlineData(Profile.DvdRam, true)]
    [InlineData(Profile.CdRom, false)]
    [InlineData(Profile.DvdRom, false)]
    [InlineData(Profile.BdRom, false)]
    [InlineData(Profile.HdDvdRom, false)]
    [InlineData(Profile.None, false)]
    [InlineData(Profile.MagnetoOptical, false)]
    public void Pressed_discs_are_not_recordable(Profile profile, bool isRecordable) => Assert.Equal(isRecordable, profile.IsRecordable());

    [Fact]
    public void Parts_of_a_sector_have_their_lengths()
    {
        Assert.Equal((2048, 2352, 2448), (CdSectorParts.Data.Length, CdSectorParts.Raw.Length, CdSectorParts.RawWithSubChannels.Length));
        Assert.Equal(2352 + 294 + 16, new CdSectorParts { IsRaw = true, WithC2 = true, SubChannel = SubChannelSelection.Q }.Length);
        Assert.Equal(2048 + 96, new CdSectorParts { SubChannel = SubChannelSelection.Packed }.Length);
    }

    [Fact]
    public void Reads_lead_ins_with_their_times_as_sectors()
    {
        RawToc toc = RawToc.Parse(Replies.RawToc((1, 0xA2, 4, 20_000), (1, 1, 4, 0), (2, 0xA2, 4, 40_000), (2, 2, 4, 31_400)))!;

        Assert.Equal([(1, 0L), (2, 31_400L)], toc.Entries.Where(entry => entry.IsTrack).Select(entry => (entry.Point, entry.Sector)));
        Assert.Equal((20_000L, 40_000L, null), (toc.LeadOutOf(1), toc.LeadOutOf(2), toc.LeadOutOf(3)));
    }

    [Fact]
    public void Reads_what_is_moulded_into_a_recordable_cd()
    {
        Atip atip = Atip.Parse(Replies.Bytes("00 1A 00 00  D0 00 A8 00  61 1A 41 00  4F 3B 4A 00") is var start ? [.. start, .. new byte[16]] : [])!;

        Assert.False(atip.IsRewritable);
        Assert.Equal("97:26:65", atip.MakerCode);
        Assert.Equal(359_849, atip.LastLeadOut); // 79:59:74
        Assert.Equal(-11_635, atip.LeadIn);
    }

    [Fact]
    public void Reads_titles_across_packs_and_passes_over_a_damaged_one()
    {
        byte[] first = Pack(0x80, 0, 0, "Alba\0A long "u8);
        byte[] second = Pack(0x80, 1, 1, "title\0Third\0"u8);
        byte[] damaged = Pack(0x81, 0, 2, "Somebody\0\0\0\0"u8);
        damaged[5] ^= 1;

        CdText text = CdText.Parse([0, 56, 0, 0, .. first, .. second, .. damaged])!;

        Assert.Equal([(0, "Alba"), (1, "A long title"), (2, "Third")], Texts(text.Titles));
        Assert.Empty(text.Performers);
    }

    [Fact]
    public void Joins_no_title_across_a_damaged_pack()
    {
        byte[] first = Pack(0x80, 0, 0, "Alba\0A long "u8);
        byte[] damaged = Pack(0x80, 1, 1, "title\0Third\0"u8, inText: 7);
        byte[] third = Pack(0x80, 3, 2, "Fourth\0Fifth"u8);
        byte[] fourth = Pack(0x80, 4, 3, " title\0Sixth"u8, inText: 5);
        byte[] fifth = Pack(0x80, 5, 4, " of\0Last\0\0\0\0"u8, inText: 5);
        damaged[5] ^= 1;

        CdText text = CdText.Parse([0, 92, 0, 0, .. first, .. damaged, .. third, .. fourth, .. fifth])!;
        Assert.Equal([(0, "Alba"), (3, "Fourth"), (4, "Fifth title"), (5, "Sixth of"), (6, "Last")], Texts(text.Titles));

        // The one behind the damaged one begins in the middle of a title.
        fourth[5] ^= 1;
        text = CdText.Parse([0, 92, 0, 0, .. first, .. damaged, .. third, .. fourth, .. fifth])!;
        Assert.Equal([(0, "Alba"), (3, "Fourth"), (6, "Last")], Texts(text.Titles));
    }

    [Fact]
    public void Reads_where_the_first_layer_ends()
    {
        byte[] reply = Replies.Bytes("00 0A 00 00  80 00 00 00  00 1F D3 E0");

        Assert.Equal(0x1FD3E0, LayerBoundary.Parse(reply)!.Value.Sectors);
        Assert.Null(LayerBoundary.Parse(reply.AsSpan(0, 11)));
    }

    [Fact]
    public void Reads_a_dvd_of_two_layers_and_where_the_first_ends()
    {
        // Layer 0 ends at 22D7FFh; layer 1 goes from its complement to the complement of the first sector.
        DvdPhysicalFormat format = DvdPhysicalFormat.Parse(Replies.Bytes("08 02 00 00  01 02 31 00  00 03 00 00  00 FC FF FF  00 22 D7 FF  00"))!;

        Assert.Equal((2, true), (format.Layers, format.IsOppositeTrackPath));
        Assert.Equal(0x22D7FF - 0x30000 + 1, format.LayerBreak);
        Assert.Equal(2 * (0x22D7FF - 0x30000 + 1), format.Sectors);
    }

    [Fact]
    public void Reads_regions_of_an_encrypted_dvd()
    {
        DvdCopyright copyright = DvdCopyright.Parse(Replies.Bytes("00 06 00 00 01 FD 00 00"))!.Value;

        Assert.Equal(("CSS", true), (copyright.Name, copyright.IsProtected));
        Assert.Equal([2], copyright.AllowedRegions);
    }

    [Fact]
    public void Reads_a_pressed_bluray_disc_of_two_layers() => Assert.Equal(
        new("BDO", 2),
        BlurayInformation.Parse(Replies.Bytes("10 02 00 00  44 49 01 0F 00 00 40 00  42 44 4F 01 21 00 00 00")));

    [Fact]
    public void Reads_how_fast_a_drive_is()
    {
        // A page of 22 bytes: fastest 8467 kB/s (48x), set to 706 (4x).
        byte[] page = Replies.Bytes("00 1E 00 00 00 00 00 00  2A 16 3F 37 F1 73 29 23  21 13 01 00 02 00 02 C2  00 00 00 00 00 00 00 00");

        Assert.Equal(new(706, 8467), ReadingSpeed.Parse(page));
        Assert.Null(ReadingSpeed.Parse(page.AsSpan(0, 20)));
    }

    [Theory]
    [InlineData(DiscFamily.Cd, 1, 177)]
    [InlineData(DiscFamily.Cd, 4, 706)]
    [InlineData(DiscFamily.Dvd, 2, 2770)]
    [InlineData(DiscFamily.Bluray, 2, 8992)]
    [InlineData(DiscFamily.Bluray, 16, 0xFFFF)]
    public void Knows_what_the_speeds_printed_on_drives_are(DiscFamily family, int factor, int speed) =>
        Assert.Equal((ushort)speed, ReadingSpeed.Of(family, factor)!.Value);

    [Fact]
    public void Reads_what_a_disc_can_be_formatted_to()
    {
        FormatCapacities capacities = FormatCapacities.Parse(Replies.Bytes("00 00 00 10  00 23 1E 00 01 00 08 00  00 23 1E 00 98 00 00 00"))!;

        Assert.True(capacities.IsUnformatted);
        Assert.Equal((0x231E00, 2048), (capacities.Current.Sectors, capacities.Current.Parameter));
        Assert.Equal([0x26], capacities.Formattable.Select(capacity => capacity.Type));
    }

    [Fact]
    public void Reads_the_tray() => Assert.Equal(new MediumEvent(3, true, false), MediumEvent.Parse(Replies.Bytes("00 06 04 10 03 01 00 00")));

    private static IEnumerable<(int, string)> Texts(IReadOnlyDictionary<int, string> texts) =>
        texts.OrderBy(text => text.Key).Select(text => (text.Key, text.Value));

    // MMC-6, annex on CD-TEXT: type, track, number of the pack, characters of its first text that came before.
    private static byte[] Pack(byte type, byte track, byte number, ReadOnlySpan<byte> text, byte inText = 0)
    {
        byte[] pack = [type, track, number, inText, .. text, 0, 0];
        int sum = CdText.ChecksumOf(pack);
        return [.. pack[..16], (byte)(sum >> 8), (byte)(sum & 0xFF)];
    }
}
