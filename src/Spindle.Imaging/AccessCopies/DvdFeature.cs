// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.AccessCopies;

/// <summary>A film of a DVD-Video, or of a video recorder.</summary>
internal sealed record DvdFeature : Film
{
    private const int FirstPictures = 0x1E0, LastPictures = 0x1EF;
    private const double Pal = 25, Ntsc = 30000.0 / 1001;

    /// <summary>Takes a film.</summary>
    public DvdFeature(DvdFilm disc)
    {
        Disc = disc;
        TitleSet = disc.TitleSet;
        Titles = [.. disc.Titles.Select(title => title.Number)];
        (Duration, Chapters, Sectors) = (disc.Duration, disc.Chapters, disc.Sectors);
        Aspect = disc.Pictures?.Aspect;
        Frames = (long)((disc.Duration?.TotalSeconds ?? 0) * (disc.Pictures?.Standard == "NTSC" ? Ntsc : Pal));
        Sound = [.. disc.Sound.Select(track => new FilmTrack(track.Stream, track.Sound.Language, track.Sound.Content))];
        Subtitles = [.. disc.Subtitles.Select(track => new FilmTrack(track.Stream, track.Language, null))];
    }

    /// <summary>It, as the disc has it.</summary>
    public DvdFilm Disc { get; }

    /// <inheritdoc/>
    public override string Form => "mpeg";

    /// <inheritdoc/>
    public override string WhyRefused => AccessVerdict.Scrambled;

    /// <inheritdoc/>
    public override long LeastHead => 8L << 20; // ffmpeg's own measure is 5 MB

    /// <inheritdoc/>
    public override string Suffix(bool isFirst, bool byTitle) => byTitle && Titles.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"_t{Titles[0]:D2}")
        : isFirst ? ""
        : string.Create(CultureInfo.InvariantCulture, $"_title{TitleSet:D2}");

    /// <inheritdoc/>
    public override IFilmReader Open(Volume volume, SubtitleTaker? subtitles = null) => new DvdFilmReader(volume, Disc) { Subtitles = subtitles };

    /// <inheritdoc/>
    public override int? OrderOfPictures(int stream) => stream is >= FirstPictures and <= LastPictures ? stream : null;

    /// <inheritdoc/>
    public override bool IsCopied(int stream) => stream is (>= 0x80 and <= 0x8F) or (>= 0xA0 and <= 0xA7) or (>= 0x1C0 and <= LastPictures); // AC-3 and DTS, LPCM, MPEG sound and pictures

    /// <inheritdoc/>
    public override string Map(ProbedStream stream) => string.Create(CultureInfo.InvariantCulture, $"0:i:0x{stream.Id:x}"); // they are numbered as they come
}
