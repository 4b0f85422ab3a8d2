// SPDX-License-Identifier: MIT
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What one copy is made of, whatever kind of disc it is on.</summary>
internal abstract record Film
{
    /// <summary>The title set of a DVD-Video, from 1; null for what is in none.</summary>
    public int? TitleSet { get; protected init; }

    /// <summary>The playlist of a Blu-ray Disc, by its five digits; null for what is none.</summary>
    public string? Playlist { get; protected init; }

    /// <summary>The titles that it plays, by their numbers on the disc.</summary>
    public IReadOnlyList<int> Titles { get; protected init; } = [];

    /// <summary>How long it plays, by the table of contents; null where that does not say.</summary>
    public TimeSpan? Duration { get; protected init; }

    /// <summary>Where chapters begin, from its own beginning, in order.</summary>
    public IReadOnlyList<TimeSpan> Chapters { get; protected init; } = [];

    /// <summary>How wide its pictures are shown, such as <c>16:9</c>; null where their stream says it itself.</summary>
    public string? Aspect { get; protected init; }

    /// <summary>About how many pictures it has; 0 where nobody knows.</summary>
    public long Frames { get; protected init; }

    /// <summary>Sectors of 2048 bytes that are read of it.</summary>
    public long Sectors { get; protected init; }

    /// <summary>Its sound tracks, in the order in which the disc lets them be chosen.</summary>
    public IReadOnlyList<FilmTrack> Sound { get; protected init; } = [];

    /// <summary>Its subtitles, likewise.</summary>
    public IReadOnlyList<FilmTrack> Subtitles { get; protected init; } = [];

    /// <summary>What is wrong with it by the tables of the disc, in sentences.</summary>
    public IReadOnlyList<string> Doubts { get; protected init; } = [];

    /// <summary>What its stream is to ffmpeg.</summary>
    public abstract string Form { get; }

    /// <summary>Why there is no copy of one that is scrambled.</summary>
    public abstract string WhyRefused { get; }

    /// <summary>Bytes at its beginning that ffmpeg looks at in any case.</summary>
    public abstract long LeastHead { get; }

    /// <summary>The end of its copy's name.</summary>
    /// <param name="isFirst">Whether it is the one that has the image's name.</param>
    /// <param name="byTitle">Whether each title was asked for.</param>
    public abstract string Suffix(bool isFirst, bool byTitle);

    /// <summary>Opens it.</summary>
    /// <param name="volume">The disc; it must stay open.</param>
    /// <param name="subtitles">Takes packs of subtitles, where those come so; null where nobody wants them.</param>
    public abstract IFilmReader Open(Volume volume, SubtitleTaker? subtitles = null);

    /// <summary>Whether a stream is pictures of it, and which come first.</summary>
    /// <returns>The lower, the sooner; null where it is none.</returns>
    public abstract int? OrderOfPictures(int stream);

    /// <summary>Whether a stream that was met is one of those that a copy has: pictures and sound.</summary>
    public abstract bool IsCopied(int stream);

    /// <summary>By which word ffmpeg is told of a stream of it.</summary>
    public abstract string Map(ProbedStream stream);
}

/// <summary>A track of sound or subtitles.</summary>
/// <param name="Stream">Its number in the film.</param>
/// <param name="Language">As the disc says: ISO 639-1 or 639-2; null where it does not say.</param>
/// <param name="Content">What the disc says of it; null where it says nothing.</param>
internal sealed record FilmTrack(int Stream, string? Language, string? Content);
