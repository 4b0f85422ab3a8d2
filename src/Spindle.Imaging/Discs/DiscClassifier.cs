// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Imaging.Discs;

/// <summary>Decides from what a drive tells what a disc is, and what an image of it must hold. Pure: no drive is asked.</summary>
public static class DiscClassifier
{
    /// <summary>Decides.</summary>
    /// <param name="survey">What the drive tells.</param>
    /// <param name="path">What the user calls the drive, for messages.</param>
    /// <param name="session">The one session that is wanted, from 1; null for all of the disc.</param>
    /// <exception cref="OperationFailedException">There is no such session.</exception>
    public static DiscClass Classify(DiscSurvey survey, string path, int? session = null)
    {
        IReadOnlyList<DiscSession> sessions = DiscLayout.Of(survey);
        DiscClass disc = new DiscClass
        {
            Kind = KindOf(survey, sessions),
            Medium = survey.Profile == Profile.None ? null : survey.Profile.Title(),
            Family = survey.Profile.Family(),
            DriveReads = [.. (survey.Configuration?.Profiles ?? []).Select(profile => profile.Title()).Distinct()],
            Tracks =
            [
                .. sessions.SelectMany(one => one.Tracks).Select(track => new DiscTrackSummary(
                    track.Number, track.Session, track.IsData, track.Range, survey.CdText?.Titles.GetValueOrDefault(track.Number))),
            ],
            Sessions = [.. sessions.Select(one => one.Range)],
            LeadOut = survey.Profile.Family() == DiscFamily.Cd && sessions is [.., { Tracks: [.., { IsData: true }] } last] ? last.Range.End : 0,
            ContentStarts = [.. sessions.Reverse().Select(one => one.FirstData?.Range.Start).OfType<long>()],
            Protection = survey.DvdCopyright?.Name,
            Regions = survey.DvdCopyright is { IsProtected: true } copyright ? copyright.AllowedRegions : [],
            IsUnfinalised = survey.Disc is { State: DiscState.Appendable },
            IsFinalised = survey.Disc?.State switch
            {
                DiscState.Finalised => true,
                DiscState.Appendable or DiscState.Blank => false,
                _ => null,
            },
            IsErasable = survey.Disc?.IsErasable,
            Layers = survey.DvdFormat?.Layers ?? (survey.Bluray is { Layers: > 0 } bluray ? bluray.Layers : null),
            LayerBreak = survey.LayerBoundary is { Sectors: > 0 } boundary ? boundary.Sectors : survey.DvdFormat?.LayerBreak,
            SectorsPerUnit = survey.Profile.Family() switch
            {
                DiscFamily.Cd => 1,
                DiscFamily.Dvd => 16,
                DiscFamily.Bluray or DiscFamily.HdDvd => 32,
                _ => null,
            },
            Sizes = [.. DiscSizes.Of(survey)],
        };
        disc = session is { } number ? OfSession(disc, sessions, path, number) : Whole(disc, sessions, path);
        return disc with { Notes = [.. disc.Notes, .. NotesOn(disc, survey)] };
    }

    private static DiscKind KindOf(DiscSurvey survey, IReadOnlyList<DiscSession> sessions)
    {
        if (survey.Disc is { State: DiscState.Blank } || survey.FormatCapacities is { IsUnformatted: true })
        {
            return DiscKind.Blank;
        }

        bool hasData = sessions.Any(session => session.FirstData is not null);
        bool hasSound = sessions.Any(session => session.Tracks.Any(track => !track.IsData));
        return (hasData, hasSound) switch
        {
            (false, false) => DiscKind.Unknown,
            (false, true) => DiscKind.Audio,
            (true, true) when sessions.Any(session => session.FirstData is not null && session.Tracks.Any(track => !track.IsData)) => DiscKind.MixedMode,
            (true, true) => DiscKind.CdExtra,
            _ => sessions.Count(session => session.FirstData is not null) > 1 ? DiscKind.MultiSession : DiscKind.Data,
        };
    }

    private static DiscClass Whole(DiscClass disc, IReadOnlyList<DiscSession> sessions, string path) => disc.Kind switch
    {
        DiscKind.Blank => disc with { Refusal = new("blank-disc", $"the disc in {path} is blank", "is the other side written? 'spindle burn' writes an image onto a blank disc") },
        DiscKind.Audio => disc with { Refusal = Sound($"{path} holds an audio CD", Sound(disc.Tracks.Count)) },
        DiscKind.MixedMode or DiscKind.CdExtra => DataOnly(disc, sessions.Last(session => session.FirstData is not null)),
        DiscKind.MultiSession => disc with
        {
            Gaps = [.. GapsBetween(sessions)],
            Notes =
            [
                new(
                        "several-sessions",
                        string.Create(CultureInfo.InvariantCulture, $"the disc has {sessions.Count} sessions; what lies between them cannot be read, and zeros stand for it in the image"),
                        "'spindle ls' shows the last session; earlier ones with --session N"),
                ],
        },
        _ => disc,
    };

    private static DiscClass DataOnly(DiscClass disc, DiscSession session)
    {
        // The data tracks that follow each other: one, nearly always.
        DiscTrack[] data = [.. session.Tracks.SkipWhile(track => track != session.FirstData).TakeWhile(track => track.IsData)];
        SectorRange extent = SectorRange.Between(data[0].Range.Start, data[^1].Range.End);
        int left = disc.Tracks.Count(track => !track.IsData);
        List<Failure> notes =
        [
            new(
                "audio-left-out",
                $"{Sound(left)} of the disc {(left == 1 ? "is" : "are")} not in the image: it holds the data only",
                "keep the disc, or copy it with a program that makes BIN and CUE"),
        ];
        if (extent.Start > 0)
        {
            notes.Add(new(
                "starts-later",
                string.Create(CultureInfo.InvariantCulture, $"the image begins at sector {extent.Start} of the disc, and its file system counts from the disc's start"),
                string.Create(CultureInfo.InvariantCulture, $"look into it with --offset {extent.Start}")));
        }

        return disc with { Extent = extent, ContentStarts = [data[0].Range.Start], Notes = notes };
    }

    private static DiscClass OfSession(DiscClass disc, IReadOnlyList<DiscSession> sessions, string path, int number)
    {
        if (sessions.FirstOrDefault(session => session.Number == number) is not { } session)
        {
            throw new OperationFailedException(new(
                "no-such-session",
                $"{path} has no session {number}",
                sessions.Count == 0 ? "nothing is known of sessions there" : $"it has {string.Join(", ", sessions.Select(one => one.Number))}"));
        }

        return session.FirstData is null
            ? disc with { Refusal = Sound($"session {number} of {path} holds no data", Sound(session.Tracks.Count)) }
            : DataOnly(disc, session) is var whole && session.Tracks.All(track => track.IsData)
                ? whole with { Notes = [.. whole.Notes.Where(note => note.Code != "audio-left-out")] }
                : whole;
    }

    private static IEnumerable<Failure> NotesOn(DiscClass disc, DiscSurvey survey)
    {
        if (disc.Protection is { } protection)
        {
            string regions = disc.Regions.Count is > 0 and < 8 ? $", for region {string.Join(", ", disc.Regions)}" : "";
            yield return new(
                "encrypted-disc",
                $"the disc is encrypted with {protection}{regions}: so is the image, and the keys are not in it",
                "it plays only with programs that find the keys by themselves; sectors that the drive withholds count as unreadable");
        }

        if (disc.IsUnfinalised)
        {
            yield return new(
                "unfinalised-disc",
                "the disc was not closed: what can be read of it is imaged, and other drives may see less",
                "finalise it in the drive that wrote it, once the image is safe");
        }

        if (survey.Profile.IsFormatted() && survey.FormatCapacities is { IsUnformatted: false })
        {
            yield return new(
                "formatted-disc",
                $"a {survey.Profile.Title()} is as large as it was formatted to: much of the image may never have been written",
                "the end of the file system is in the record");
        }

        if (survey.Capacity is { } capacity && disc.LeadOut > capacity.Sectors)
        {
            yield return new(
                "capacity-too-small",
                string.Create(CultureInfo.InvariantCulture, $"the drive says that the disc has {capacity.Sectors} sectors, and its table of contents has {disc.LeadOut}: these are read"),
                "if the last ones cannot be, read it again in another drive, with --resume");
        }
    }

    private static IEnumerable<SectorRange> GapsBetween(IReadOnlyList<DiscSession> sessions)
    {
        for (int i = 0; i + 1 < sessions.Count; i++)
        {
            yield return SectorRange.Between(sessions[i].Range.End, sessions[i + 1].Range.Start);
        }
    }

    private static Failure Sound(string where, string what) => new(
        "audio-disc", $"{where}: {what}, which an ISO image cannot hold", "copy it with a program that makes BIN and CUE, such as cdrdao or redumper");

    private static string Sound(int tracks) => tracks == 1 ? "1 audio track" : string.Create(CultureInfo.InvariantCulture, $"{tracks} audio tracks");
}
