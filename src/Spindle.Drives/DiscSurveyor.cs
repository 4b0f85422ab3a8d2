// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>Asks a drive for all that it knows of its disc, without reading its data.</summary>
/// <remarks>Of a CD on which sound follows data, a dozen sectors are asked which track they are of: see <see cref="DiscSurvey.Pregaps"/>.</remarks>
public static class DiscSurveyor
{
    /// <summary>More tracks than a CD can have are nonsense, and each costs a question; discs written in packets may have more.</summary>
    private const int MostTracks = 99;

    private const ushort ConfigurationLength = 4096;

    /// <summary>Asks.</summary>
    /// <exception cref="IOException">The drive is gone, or this user may not send it commands.</exception>
    public static DiscSurvey Survey(OpticalDrive drive)
    {
        DiscSurvey survey = new() { Drive = drive.Inquire() };
        ScsiReply ready = drive.TestReady();
        survey = survey with
        {
            Configuration = drive.Ask(MmcCommand.GetConfiguration(ConfigurationLength), ConfigurationLength, DriveConfiguration.Parse),
        };
        if (!ready.IsGood)
        {
            return survey with { NotReady = ready.Sense };
        }

        survey = survey with
        {
            Capacity = drive.Ask(MmcCommand.ReadCapacity(), MediumCapacity.Length, OpticalDrive.Nullable<MediumCapacity>(MediumCapacity.Parse)),
            Disc = drive.Ask(MmcCommand.ReadDiscInformation(DiscInformation.Length), DiscInformation.Length, DiscInformation.Parse),
            Toc = AskToc(drive, TocFormat.Tracks, TableOfContents.Length, TableOfContents.Parse),
            Sessions = AskToc(drive, TocFormat.Sessions, SessionInformation.Length, SessionInformation.Parse),
        };
        survey = survey.Profile.Family() switch
        {
            DiscFamily.Cd => AskOfCd(drive, survey),
            DiscFamily.Dvd or DiscFamily.HdDvd => AskOfDvd(drive, survey),
            DiscFamily.Bluray => survey with
            {
                Bluray = drive.Ask(
                    MmcCommand.ReadDiscStructure(StructureMedia.Bluray, BlurayInformation.Format, layer: 0, BlurayInformation.Length),
                    BlurayInformation.Length,
                    BlurayInformation.Parse),
            },
            _ => survey,
        };
        if (survey.Profile.IsFormatted())
        {
            survey = survey with
            {
                FormatCapacities = drive.Ask(
                    MmcCommand.ReadFormatCapacities(FormatCapacities.Length), FormatCapacities.Length, FormatCapacities.Parse),
            };
        }

        survey = survey with { Tracks = AskOfTracks(drive, survey) };
        if (survey.Profile.IsRecordable())
        {
            survey = survey with { MediumCode = AskMediumCode(drive, survey), WritingSpeeds = AskWritingSpeeds(drive, survey) };
        }

        return survey.Profile.Family() == DiscFamily.Cd ? survey with { Pregaps = AskOfPregaps(drive, survey) } : survey;
    }

    private static DiscSurvey AskOfCd(OpticalDrive drive, DiscSurvey survey)
    {
        survey = survey with { RawToc = AskToc(drive, TocFormat.Full, RawToc.Length, RawToc.Parse) };
        if (survey.Toc is { } toc && toc.Tracks.Any(track => !track.IsData && track.Number != TocTrack.LeadOut))
        {
            survey = survey with { CdText = AskToc(drive, TocFormat.CdText, CdText.Length, CdText.Parse) };
        }

        return survey.Profile.IsRecordable()
            ? survey with
            {
                Atip = AskToc(drive, TocFormat.Atip, Atip.Length, Atip.Parse),
                Pma = AskToc(drive, TocFormat.Pma, RawToc.Length, RawToc.Parse),
            }
            : survey;
    }

    private static DiscSurvey AskOfDvd(OpticalDrive drive, DiscSurvey survey) => survey with
    {
        DvdFormat = drive.Ask(
            MmcCommand.ReadDiscStructure(StructureMedia.Dvd, DvdPhysicalFormat.Format, layer: 0, DvdPhysicalFormat.Length),
            DvdPhysicalFormat.Length,
            DvdPhysicalFormat.Parse),
        DvdCopyright = drive.Ask(
            MmcCommand.ReadDiscStructure(StructureMedia.Dvd, DvdCopyright.Format, layer: 0, DvdCopyright.Length),
            DvdCopyright.Length,
            OpticalDrive.Nullable<DvdCopyright>(DvdCopyright.Parse)),
        LayerBoundary = survey.Profile is Profile.DvdMinusRDualLayer or Profile.DvdMinusRDualLayerJump or Profile.DvdPlusRDualLayer
            ? drive.Ask(
                MmcCommand.ReadDiscStructure(StructureMedia.Dvd, LayerBoundary.Format, layer: 0, LayerBoundary.Length),
                LayerBoundary.Length,
                OpticalDrive.Nullable<LayerBoundary>(LayerBoundary.Parse))
            : null,
    };

    private static string? AskMediumCode(OpticalDrive drive, DiscSurvey survey)
    {
        if (survey.Profile.Family() != DiscFamily.Dvd)
        {
            return survey.Atip?.MakerCode ?? survey.Bluray?.MediumCode;
        }

        byte format = survey.Profile is Profile.DvdPlusR or Profile.DvdPlusRw or Profile.DvdPlusRDualLayer or Profile.DvdPlusRwDualLayer ? DvdMediumCode.Adip : DvdMediumCode.PreRecorded;
        return drive.Ask(
            MmcCommand.ReadDiscStructure(StructureMedia.Dvd, format, layer: 0, DvdMediumCode.Length), DvdMediumCode.Length, reply => DvdMediumCode.Parse(reply, format));
    }

    private static IReadOnlyList<int> AskWritingSpeeds(OpticalDrive drive, DiscSurvey survey) => survey.Disc is { State: not DiscState.Finalised } || survey.Profile.IsFormatted()
        ? drive.Ask(WritingCommand.GetWritingSpeeds(WritingSpeeds.Most), WritingSpeeds.Length, WritingSpeeds.Parse) ?? []
        : [];

    private static List<TrackInformation> AskOfTracks(OpticalDrive drive, DiscSurvey survey)
    {
        int first = Math.Max(1, survey.Disc?.FirstTrack ?? survey.Toc?.FirstTrack ?? 1);
        int last = Math.Max(survey.Disc?.LastTrack ?? 0, survey.Toc?.LastTrack ?? 0);
        List<TrackInformation> tracks = [];
        for (int number = first; number <= last && tracks.Count < MostTracks; number++)
        {
            if (drive.Ask(MmcCommand.ReadTrackInformation((uint)number, TrackInformation.Length), TrackInformation.Length, TrackInformation.Parse)
                is not { } track || track.Number != number)
            {
                // Who does not know this one knows none: an old drive, or an old host adapter.
                break;
            }

            tracks.Add(track);
        }

        return tracks;
    }

    private static Dictionary<int, long> AskOfPregaps(OpticalDrive drive, DiscSurvey survey)
    {
        Dictionary<int, long> pregaps = [];
        foreach (DiscSession session in DiscLayout.Of(survey))
        {
            foreach ((DiscTrack data, DiscTrack sound) in session.Tracks.Zip(session.Tracks.Skip(1)).Where(pair => pair.First.IsData && !pair.Second.IsData))
            {
                if (PregapFinder.Find(drive, data, sound) is { } first)
                {
                    pregaps[sound.Number] = first;
                }
            }
        }

        return pregaps;
    }

    private static T? AskToc<T>(OpticalDrive drive, TocFormat format, int length, OpticalDrive.Parser<T> parse)
        where T : class => drive.Ask(MmcCommand.ReadToc(format, NumberFor(format), (ushort)length), length, parse);

    // Sessions are counted from 1, tracks may be asked for from 0.
    private static byte NumberFor(TocFormat format) => format == TocFormat.Full ? (byte)1 : (byte)0;
}
