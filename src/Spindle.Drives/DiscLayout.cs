// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives;

/// <summary>Where the sessions and tracks of a disc lie, from whatever a drive tells of them. Pure: no drive is asked.</summary>
public static class DiscLayout
{
    /// <summary>Lead-out of the first session, lead-in of the next, pregap: 90 s, 60 s and 2 s (MMC-6, multi-session CD).</summary>
    private const int FirstGap = 6750 + 4500 + 150;

    /// <summary>The same behind every later session, whose lead-out is 30 s.</summary>
    private const int LaterGap = 2250 + 4500 + 150;

    private const int MostTracks = 99;

    /// <summary>Sessions in order, each with its tracks; empty where nothing is written, or nothing is known.</summary>
    public static IReadOnlyList<DiscSession> Of(DiscSurvey survey)
    {
        if (survey.NotReady is not null || survey.Disc is { State: DiscState.Blank })
        {
            return [];
        }

        List<Entry> entries = FromLeadIns(survey);
        if (entries.Count == 0)
        {
            entries = FromToc(survey);
            List<Entry> asked = FromTracks(survey);
            entries = asked.Count > Math.Max(1, entries.Count) ? asked : entries;
        }

        return Group(entries.Count > 0 ? entries : FromCapacity(survey), survey);
    }

    private static List<Entry> FromLeadIns(DiscSurvey survey)
    {
        // Drives make up lead-ins for discs that have none: what the tracks themselves say is better there.
        if (survey.RawToc is not { } toc || survey.Profile.Family() != DiscFamily.Cd)
        {
            return [];
        }

        return InOrder(
        [
            .. toc.Entries.Where(entry => entry.IsTrack && entry.Sector >= 0).DistinctBy(entry => entry.Point)
                .Select(entry => new Entry(entry.Point, entry.Session, entry.IsData, entry.Sector) { SessionEnd = toc.LeadOutOf(entry.Session) }),
        ]);
    }

    private static List<Entry> FromToc(DiscSurvey survey)
    {
        if (survey.Toc is not { } toc)
        {
            return [];
        }

        Dictionary<int, TrackInformation> known = survey.Tracks.DistinctBy(track => track.Number).ToDictionary(track => track.Number);
        List<Entry> entries = [];
        foreach (TocTrack track in toc.Tracks.Where(track => track.Number is >= 1 and <= MostTracks && track.Start >= 0).DistinctBy(track => track.Number))
        {
            TrackInformation? information = known.GetValueOrDefault(track.Number);
            int session = information?.Session is > 0 and int told ? told
                : survey.Sessions is { LastSession: > 1 } last && track.Number >= last.FirstTrackOfLast.Number ? last.LastSession
                : survey.Sessions?.FirstSession is > 0 and int first ? first
                : 1;
            entries.Add(new(track.Number, session, track.IsData, track.Start)
            {
                Sectors = information is { Sectors: > 0 } ? information.Sectors : null,
                IsBlank = information?.IsBlank ?? false,
                IsPacket = information?.IsPacket ?? false,
            });
        }

        entries = InOrder(entries);
        if (entries.Count > 0)
        {
            entries[^1] = entries[^1] with { SessionEnd = toc.LeadOut ?? survey.Capacity?.Sectors };
        }

        return entries;
    }

    /// <summary>
    /// A DVD or Blu-ray has no table of contents: the drive makes one up, and some put all sessions but the last into one track (MMC-6,
    /// READ TOC/PMA/ATIP, "fabricated TOC"). Each track itself is asked for its session and its end.
    /// </summary>
    private static List<Entry> FromTracks(DiscSurvey survey)
    {
        if (survey.Profile.Family() is DiscFamily.Cd)
        {
            return [];
        }

        List<Entry> entries = InOrder(
        [
            .. survey.Tracks.Where(track => track is { IsBlank: false, Start: >= 0, Session: > 0 }).DistinctBy(track => track.Number)
                .Select(track => new Entry(track.Number, track.Session, track.IsData, track.Start)
                {
                    // What is still free in a track that was left open is none of it.
                    Sectors = track.NextWritable is { } next && next > track.Start ? Math.Min(track.Sectors, next - track.Start) : track.Sectors,
                    IsPacket = track.IsPacket,
                }),
        ]);
        return [.. entries.Where(entry => entry.Sectors > 0)];
    }

    private static List<Entry> FromCapacity(DiscSurvey survey) => survey.Capacity is { Sectors: > 0 } capacity
        ? [new(1, 1, IsData: true, Start: 0) { SessionEnd = capacity.Sectors }]
        : [];

    /// <summary>In the order in which they lie; what would lie within another one, or in an earlier session than it, is nonsense.</summary>
    private static List<Entry> InOrder(IEnumerable<Entry> entries)
    {
        List<Entry> ordered = [];
        foreach (Entry entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.Number))
        {
            if (ordered.Count == 0 || (entry.Start > ordered[^1].Start && entry.Session >= ordered[^1].Session))
            {
                ordered.Add(entry);
            }
        }

        return ordered;
    }

    private static List<DiscSession> Group(List<Entry> entries, DiscSurvey survey)
    {
        List<DiscSession> sessions = [];
        List<DiscTrack> tracks = [];
        for (int i = 0; i < entries.Count; i++)
        {
            Entry entry = entries[i];
            Entry? next = i + 1 < entries.Count ? entries[i + 1] : null;
            long end = EndOf(entry, next, survey);
            if (end > entry.Start)
            {
                tracks.Add(new(entry.Number, entry.Session, entry.IsData, SectorRange.Between(entry.Start, end)) { IsBlank = entry.IsBlank, IsPacket = entry.IsPacket });
            }

            if (tracks.Count > 0 && next?.Session != entry.Session)
            {
                sessions.Add(new(entry.Session, [.. tracks]));
                tracks.Clear();
            }
        }

        return sessions;
    }

    private static long EndOf(Entry entry, Entry? next, DiscSurvey survey)
    {
        if (next is not null && next.Session == entry.Session)
        {
            return entry.IsData && !next.IsData && survey.Pregaps.TryGetValue(next.Number, out long first) ? Math.Clamp(first, entry.Start + 1, next.Start) : next.Start;
        }

        // Where nothing tells: a CD has gaps of known length; those of others differ, and what may hold data is none.
        long limit = next?.Start ?? long.MaxValue;
        long gap = survey.Profile.Family() != DiscFamily.Cd ? 0 : entry.Session == 1 ? FirstGap : LaterGap;
        long guess = next is null ? entry.Start : Math.Max(entry.Start + 1, next.Start - gap);
        return Math.Min(limit, entry.SessionEnd ?? (entry.Sectors is { } sectors ? entry.Start + sectors : guess));
    }

    private sealed record Entry(int Number, int Session, bool IsData, long Start)
    {
        /// <summary>Where its session's lead-out begins, if it is the last of it.</summary>
        public long? SessionEnd { get; init; }

        public long? Sectors { get; init; }

        public bool IsBlank { get; init; }

        public bool IsPacket { get; init; }
    }
}
