// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>The sessions of a source, and what of it one of them means. Sectors are counted from the disc's start.</summary>
/// <param name="Path">The source, for messages.</param>
/// <param name="IsDevice">Whether it is a device, and no file.</param>
/// <param name="Disc">What the drive says of the disc.</param>
/// <param name="Starts">First sectors of the sessions, as far as they are known.</param>
internal sealed record SourceSessions(string Path, bool IsDevice, DiscClass Disc, IReadOnlyList<long> Starts)
{
    /// <summary>By what the drive says; of an image file, by what its sectors look like.</summary>
    public static SourceSessions Of(string path, bool isDevice, DiscClass disc, ISectorReader look) =>
        new(path, isDevice, disc, disc.Kind == DiscKind.Unknown && !isDevice ? SessionFinder.Find(look) : [.. disc.Sessions.Select(one => one.Start)]);

    /// <summary>Which sectors are the medium; null for all.</summary>
    /// <exception cref="OperationFailedException">There is no such session, or it holds no data.</exception>
    public SectorRange? ExtentOf(ISectorReader sectors, SourceChoice choice)
    {
        if (Disc.Extent is { } extent)
        {
            SectorRange there = extent.Intersect(new(0, sectors.SectorCount));
            return there.IsEmpty ? null : there;
        }

        if (!IsDevice && choice is { IsAlone: true, Session: { } session })
        {
            long start = StartOf(session);
            return SectorRange.Between(start, Starts.Where(other => other > start).Append(sectors.SectorCount).Min());
        }

        return Disc.Gaps.Count > 0 ? new(0, sectors.SectorCount) : null;
    }

    /// <summary>First sector of the session whose file system counts; null for the medium's own.</summary>
    /// <remarks>The last session with a file system is the current one, for it takes the earlier ones up.</remarks>
    /// <param name="disc">The whole disc.</param>
    /// <param name="extent">Which sectors of it are the medium; null for all.</param>
    /// <param name="session">The session that is asked for, from 1; null for the current one.</param>
    /// <exception cref="OperationFailedException">There is no such session, or it holds no data.</exception>
    public long? ContentsStartOf(ISectorReader disc, SectorRange? extent, int? session)
    {
        if (session is { } number)
        {
            return StartOf(number);
        }

        long first = extent?.Start ?? 0;
        ISectorReader look = extent is { } part ? new TrackReader(disc, part, Disc.Gaps) : disc;
        if (!IsDevice && Starts.Count > 1 && !SessionFinder.StartsSession(look, Starts[^1] - first))
        {
            return Starts[^1]; // of UDF, whose later sessions have no descriptors of their own
        }

        IEnumerable<long> candidates = Disc.Kind == DiscKind.Unknown ? Starts.Reverse() : Disc.ContentStarts;
        return Starts.Count > 1 || first > 0
            ? candidates.Where(start => start >= first && SessionFinder.StartsSession(look, start - first)).Select(start => (long?)start).FirstOrDefault()
            : null;
    }

    private long StartOf(int session)
    {
        if (Disc.Kind != DiscKind.Unknown && session >= 1 && session <= Disc.Sessions.Count)
        {
            return Disc.Tracks.FirstOrDefault(track => track.Session == session && track.IsData)?.Range.Start
                ?? throw new OperationFailedException(new(
                    "audio-disc", $"session {session} of {Path} holds no data", "'spindle drives' shows what is in each session"));
        }

        return session >= 1 && session <= Starts.Count
            ? Starts[session - 1]
            : throw new OperationFailedException(new(
                "no-such-session",
                string.Create(CultureInfo.InvariantCulture, $"{Path} has no session {session}"),
                Starts.Count > 0
                    ? string.Create(CultureInfo.InvariantCulture, $"it has {Starts.Count}, beginning at sectors {string.Join(", ", Starts)}")
                    : "no sessions were found; name its first sector with --session-start, if you know it"));
    }
}
