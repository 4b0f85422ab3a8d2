// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;

namespace Spindle.Drives.Tests.Mmc;

/// <summary>Drives answer with whatever they please: nothing that is parsed may throw, or grow without bound.</summary>
public sealed class AnyBytesTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(1_200);

    public static TheoryData<string> Parsers() => new(All.Keys);

    private static readonly Dictionary<string, Func<byte[], object?>> All = new()
    {
        ["sense"] = bytes => Sense.Parse(bytes).ToString(),
        ["inquiry"] = bytes => InquiryData.Parse(bytes)?.Model,
        ["configuration"] = bytes => DriveConfiguration.Parse(bytes)?.Profiles,
        ["disc information"] = bytes => DiscInformation.Parse(bytes),
        ["track information"] = bytes => TrackInformation.Parse(bytes)?.IsData,
        ["toc"] = bytes => TableOfContents.Parse(bytes)?.LeadOut,
        ["sessions"] = bytes => SessionInformation.Parse(bytes),
        ["raw toc"] = bytes => RawToc.Parse(bytes)?.LeadOutOf(1),
        ["atip"] = bytes => Atip.Parse(bytes),
        ["cd-text"] = bytes => CdText.Parse(bytes)?.Titles,
        ["capacity"] = bytes => MediumCapacity.Parse(bytes),
        ["format capacities"] = bytes => FormatCapacities.Parse(bytes)?.Formattable,
        ["dvd format"] = bytes => (DvdPhysicalFormat.Parse(bytes)?.Sectors, DvdPhysicalFormat.Parse(bytes)?.LayerBreak),
        ["dvd copyright"] = bytes => DvdCopyright.Parse(bytes)?.AllowedRegions,
        ["layer boundary"] = bytes => LayerBoundary.Parse(bytes),
        ["bluray"] = bytes => BlurayInformation.Parse(bytes),
        ["medium event"] = bytes => MediumEvent.Parse(bytes),
        ["position"] = bytes => (SubChannelPosition.Parse(bytes), SubChannelPosition.ParseRaw(bytes)),
        ["c2 errors"] = bytes => C2Errors.Runs(bytes).Sum(run => run.Length) == C2Errors.Count(bytes) ? null : throw new InvalidDataException(),
        ["reading speed"] = bytes => ReadingSpeed.Parse(bytes),
        ["buffer capacity"] = bytes => BufferCapacity.Parse(bytes)?.Percent,
        ["writing speeds"] = bytes => WritingSpeeds.Parse(bytes),
        ["spare area"] = bytes => SpareArea.Parse(bytes),
        ["medium codes"] = bytes => (DvdMediumCode.Parse(bytes, DvdMediumCode.Adip), DvdMediumCode.Parse(bytes, DvdMediumCode.PreRecorded)),
        ["tray mechanism"] = bytes => TrayMechanism.Parse(bytes)?.ClosesByItself,
        ["error recovery"] = bytes => ErrorRecovery.Parse(bytes)?.With(3).ToParameters(),
    };

    [Theory]
    [MemberData(nameof(Parsers))]
    public void No_reply_makes_a_parser_throw(string parser) => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        _ = All[parser](bytes);
        return true;
    }).Check(Many);

    [Fact]
    public void A_drive_that_answers_every_question_with_the_same_nonsense_is_surveyed_all_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            using OpticalDrive drive = new(new Babbler(bytes));
            DiscSurvey survey = DiscSurveyor.Survey(drive);
            _ = Writability.Of(survey);
            IReadOnlyList<DiscSession> sessions = DiscLayout.Of(survey);
            return survey.Tracks.Count <= 99
                && sessions.All(session => session.Tracks.Count > 0 && session.Tracks.All(track => track.Range.Count > 0))
                && sessions.SelectMany(session => session.Tracks).Zip(sessions.SelectMany(session => session.Tracks).Skip(1))
                    .All(pair => pair.First.Range.End <= pair.Second.Range.Start);
        }).Check(Many);

    [Fact]
    public void A_drive_that_only_ever_complains_is_given_up()
    {
        SimulatedDrive mute = new();
        for (int i = 0; i < 1_000; i++)
        {
            mute.SayFirst(new(SenseKey.UnitAttention, 0x29, 0x00));
        }

        using OpticalDrive drive = new(mute);

        Assert.False(DiscSurveyor.Survey(drive).IsReady);
        Assert.InRange(mute.Commands.Count, 1, 50);
    }

    private sealed class Babbler(byte[] bytes) : IScsiTransport
    {
        public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
        {
            int length = Math.Min(bytes.Length, data.Length);
            bytes.AsSpan(0, length).CopyTo(data);

            // Track numbers are what is compared: without this the loop over tracks would end at once.
            if (command[0] == 0x52 && data.Length > 34)
            {
                data[2] = command[5];
                data[32] = 0;
                length = data.Length;
            }

            return ScsiReply.Good(length);
        }

        public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => ScsiReply.Good(0);

        public void Dispose()
        {
        }
    }
}
