// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Imaging.AccessCopies;

/// <summary>The words by which ffmpeg and ffprobe are told what to do. A film comes by a pipe, for no disc is mounted.</summary>
internal static class FfmpegCommand
{
    /// <summary>Subtitles, as ffprobe calls them.</summary>
    public const string Captions = "subtitle";

    private const long MostAnalyzed = 3_600_000_000; // microseconds: what counts is how many bytes are looked at

    // Joins what a cut left apart by filling it with silence, and begins each track where the pictures do: 30 ms are an AC-3 frame.
    private const string SoundFilter = "aresample=async=1:min_hard_comp=0.03:first_pts=0";

    /// <summary>Of ffprobe: what the beginning of a film has.</summary>
    /// <param name="film">The film.</param>
    /// <param name="head">Bytes that it looks at.</param>
    public static IReadOnlyList<string> Probe(Film film, long head) => [.. Source(film, head), .. ProbedFile.Questions];

    /// <summary>Of ffprobe: what a file has.</summary>
    public static IReadOnlyList<string> Probe(string file) => ["-i", file, .. ProbedFile.Questions];

    /// <summary>Of ffmpeg: makes a copy.</summary>
    /// <param name="settings">How.</param>
    /// <param name="film">Of what.</param>
    /// <param name="streams">Which of its streams, pictures first.</param>
    /// <param name="head">Bytes at its beginning that it looks at first.</param>
    /// <param name="text">The file of its name and chapters.</param>
    /// <param name="target">The file that it writes; one of that name is replaced.</param>
    /// <param name="captions">The same for its subtitles, where they are streams of its own; null where they are not wanted.</param>
    public static IReadOnlyList<string> Copy(AccessSettings settings, Film film, IReadOnlyList<ProbedStream> streams, long head, string text, string target, string? captions = null)
    {
        ProbedStream[] sound = [.. streams.Where(stream => stream.Kind == "audio")];
        bool isMp4 = settings.Profile == AccessProfile.Mp4;
        return
        [
            "-hide_banner", "-nostats", "-progress", "pipe:1", "-y",
            .. Source(film, head), "-f", "ffmetadata", "-i", text,
            .. streams.Where(stream => stream.Kind != Captions).SelectMany(stream => (string[])["-map", film.Map(stream)]),
            "-map_metadata", "1", "-map_chapters", "1",
            .. isMp4
                ? (string[])["-c:v", "libx264", "-crf", settings.Crf.ToString(CultureInfo.InvariantCulture), "-preset", settings.Preset]
                : ["-c:v", "ffv1", "-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1"],
            "-pix_fmt", "yuv420p",
            .. settings.Joining switch
            {
                Deinterlacing.Auto => (string[])["-vf", "bwdif=mode=send_frame:deint=interlaced"],
                Deinterlacing.On => ["-vf", "bwdif=mode=send_frame:deint=all"],
                _ => [],
            },
            .. film.Aspect is { } aspect ? (string[])["-aspect", aspect] : [],
            .. sound.Length > 0 ? (string[])["-af", SoundFilter] : [],
            .. sound.SelectMany((track, number) => SoundWords(track, number, film, isMp4)),
            "-max_muxing_queue_size", "65536", // a track may begin late
            .. isMp4 ? (string[])["-movflags", "+faststart", "-f", "mp4"] : ["-f", "matroska"],
            target,
            .. captions is null ? [] : CaptionWords([.. streams.Where(stream => stream.Kind == Captions)], film, captions),
        ];
    }

    /// <summary>Of ffmpeg: decodes all of a file, and says what is wrong with it.</summary>
    /// <remarks>Times are counted finely: two pictures of a film of changing rate must not fall into one, which it would complain of.</remarks>
    public static IReadOnlyList<string> Decode(string file) =>
        ["-hide_banner", "-nostats", "-v", "error", "-progress", "pipe:1", "-i", file, "-map", "0:v", "-map", "0:a?", "-enc_time_base:v", "1:90000", "-f", "null", "-"];

    /// <summary>Of ffmpeg: makes a picture of a copy, as wide as it is shown.</summary>
    public static IReadOnlyList<string> Still(string copy, TimeSpan at, string target) =>
    [
        "-hide_banner", "-v", "error", "-y", "-ss", at.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture), "-i", copy, "-map", "0:v:0", "-frames:v", "1",
        "-vf", "scale=trunc(iw*sar/2+0.5)*2:ih,setsar=1", "-q:v", "2", "-f", "image2", "-update", "1", target,
    ];

    /// <summary>Which streams are copied, the pictures first: sound in the order in which the disc lets it be chosen, and then what else is there.</summary>
    /// <param name="film">The film.</param>
    /// <param name="found">What ffprobe found.</param>
    public static IReadOnlyList<ProbedStream> Choose(Film film, IReadOnlyList<ProbedStream> found)
    {
        List<int> order = [.. film.Sound.Select(track => track.Stream)];
        return
        [
            .. found.Where(stream => stream is { Kind: "video", IsKnown: true } && film.OrderOfPictures(stream.Id) is not null).OrderBy(stream => film.OrderOfPictures(stream.Id)).Take(1),
            .. found.Where(stream => stream is { Kind: "audio", IsKnown: true }).DistinctBy(stream => stream.Id).OrderBy(stream => order.IndexOf(stream.Id) is >= 0 and int index ? index : order.Count).ThenBy(stream => stream.Id),
        ];
    }

    private static IReadOnlyList<string> Source(Film film, long head) =>
    [
        "-probesize", head.ToString(CultureInfo.InvariantCulture), "-analyzeduration", MostAnalyzed.ToString(CultureInfo.InvariantCulture), "-f", film.Form, "-i", "pipe:0",
    ];

    /// <summary>Subtitles of a Blu-ray Disc are pictures with their times, which Matroska takes as they are.</summary>
    private static IEnumerable<string> CaptionWords(IReadOnlyList<ProbedStream> streams, Film film, string target) =>
    [
        .. streams.SelectMany(stream => (string[])["-map", film.Map(stream)]),
        "-c:s", "copy",
        .. streams.SelectMany((stream, number) => (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"-metadata:s:s:{number}"), $"language={LanguageCode.Of(film.Subtitles.FirstOrDefault(track => track.Stream == stream.Id)?.Language, isBibliographic: true)}",
        ]),
        "-map_metadata", "-1", "-map_chapters", "-1", "-f", "matroska", target,
    ];

    private static IEnumerable<string> SoundWords(ProbedStream track, int number, Film film, bool isMp4)
    {
        FilmTrack? told = film.Sound.FirstOrDefault(sound => sound.Stream == track.Id);
        yield return string.Create(CultureInfo.InvariantCulture, $"-c:a:{number}");
        yield return isMp4 ? "aac" : track.Coding is "pcm_dvd" or "pcm_bluray" or "truehd" or "dts" ? "pcm_s24le" : "pcm_s16le";
        if (isMp4)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"-b:a:{number}");
            yield return AccessSettings.SoundRate.ToString(CultureInfo.InvariantCulture);
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"-metadata:s:a:{number}");
        yield return $"language={LanguageCode.Of(told?.Language, isBibliographic: !isMp4)}";
        if (told?.Content is { } content)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"-metadata:s:a:{number}");
            yield return $"{(isMp4 ? "handler_name" : "title")}={content}";
        }
    }
}
