// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Bluray;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.AccessCopies;

/// <summary>A playlist of a Blu-ray Disc.</summary>
internal sealed record BlurayFeature : Film
{
    private const int FirstPictures = 0x1011, LastPictures = 0x101F, FirstSound = 0x1100, LastSound = 0x111F; // BD-ROM, PIDs of primary streams
    private const double UsualRate = 25;

    private readonly BlurayFilm _disc;
    private readonly int? _pictures;

    /// <summary>Takes a film.</summary>
    public BlurayFeature(BlurayFilm disc)
    {
        _disc = disc;
        Playlist = disc.Playlist.Name;
        (Duration, Chapters, Sectors) = (disc.Playlist.Duration, disc.Playlist.Chapters, disc.Sectors);
        BlurayStream? pictures = disc.Playlist.Streams.FirstOrDefault(stream => stream is { Kind: BlurayStreamKind.Video, Pid: not null });
        _pictures = pictures?.Pid;
        Frames = (long)(disc.Playlist.Duration.TotalSeconds * (double.TryParse(pictures?.Rate, CultureInfo.InvariantCulture, out double rate) ? rate : UsualRate));
        Sound = Tracks(BlurayStreamKind.Sound);
        Subtitles = Tracks(BlurayStreamKind.Subtitles);
        Doubts =
        [
            .. disc.Missing.Count > 0 ? (string[])[$"the disc lacks clips that it plays: {string.Join(", ", disc.Missing.Select(clip => clip.ToString("D5", CultureInfo.InvariantCulture)))}"] : [],
            .. disc.IsCut ? (string[])["its playlist plays the disc's clips more than 16 times over: the rest is left out"] : [],
            .. disc.Playlist.IsWhole ? (string[])[] : ["its playlist says more than is there, or what can't be: look at it with 'spindle inspect'"],
        ];
    }

    /// <inheritdoc/>
    public override string Form => "mpegts";

    /// <inheritdoc/>
    public override string WhyRefused => AccessVerdict.Encrypted;

    /// <inheritdoc/>
    public override long LeastHead => 32L << 20; // some five seconds

    /// <inheritdoc/>
    public override string Suffix(bool isFirst, bool byTitle) => isFirst && !byTitle ? "" : $"_playlist{Playlist}";

    /// <inheritdoc/>
    public override IFilmReader Open(Volume volume, SubtitleTaker? subtitles = null) => new BlurayFilmReader(volume, _disc);

    /// <inheritdoc/>
    public override int? OrderOfPictures(int stream) => stream == _pictures ? 0 : stream;

    /// <inheritdoc/>
    public override bool IsCopied(int stream) => stream is (>= FirstPictures and <= LastPictures) or (>= FirstSound and <= LastSound);

    /// <inheritdoc/>
    public override string Map(ProbedStream stream) => string.Create(CultureInfo.InvariantCulture, $"0:{stream.Index}"); // a lossless track and its core have one number

    private FilmTrack[] Tracks(BlurayStreamKind kind) =>
        [.. _disc.Playlist.Streams.Where(stream => stream.Kind == kind && stream.Pid is not null).Select(stream => new FilmTrack(stream.Pid!.Value, stream.Language, null))];
}
