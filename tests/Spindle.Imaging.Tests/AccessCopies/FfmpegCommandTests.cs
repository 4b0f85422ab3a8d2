// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

public sealed class FfmpegCommandTests
{
    private static readonly DvdFeature Film = new(new()
    {
        TitleSet = 1,
        Titles = [],
        Cells = [],
        Chapters = [],
        Duration = TimeSpan.FromSeconds(100),
        Pictures = new("MPEG-2", "PAL", "4:3"),
        Sound = [new(0x81, new("AC-3", "fr", 2, "director's comments")), new(0x80, new("AC-3", null, 6, null))],
        Subtitles = [],
        Palette = [],
    });

    private static readonly ProbedStream Pictures = new(0x1E0, "video", "mpeg2video") { Width = 720 };

    [Fact]
    public void Sound_is_in_the_order_of_the_disc_and_what_it_does_not_name_comes_behind()
    {
        ProbedStream[] found =
        [
            new(0x1BF, "data", "dvd_nav_packet"), Sound(0xA0, "pcm_dvd"), Sound(0x80, "ac3"), Pictures with { Id = 0x1E1 }, Pictures, Sound(0x81, "ac3"), Sound(0x82, null), Sound(0x83, "ac3") with { SampleRate = 0 },
        ];
        Assert.Equal([0x1E0, 0x81, 0x80, 0xA0], FfmpegCommand.Choose(Film, found).Select(stream => stream.Id));
    }

    [Theory]
    [InlineData(AccessProfile.Mp4, null, "libx264 -crf 18 -preset medium -pix_fmt yuv420p -vf bwdif=mode=send_frame:deint=interlaced -aspect 4:3", "-c:a:0 aac -b:a:0 192000 -metadata:s:a:0 language=fra -metadata:s:a:0 handler_name=director's comments -c:a:1 aac -b:a:1 192000 -metadata:s:a:1 language=und", "-movflags +faststart -f mp4 out")]
    [InlineData(AccessProfile.Mp4, Deinterlacing.On, "deint=all", "", "out")]
    [InlineData(AccessProfile.Mp4, Deinterlacing.Off, "yuv420p -aspect", "", "out")]
    [InlineData(AccessProfile.Ffv1, null, "-c:v ffv1 -level 3 -g 1 -slices 4 -slicecrc 1 -pix_fmt yuv420p -aspect 4:3", "-c:a:0 pcm_s24le -metadata:s:a:0 language=fre -metadata:s:a:0 title=director's comments -c:a:1 pcm_s16le", "-f matroska out")]
    public void It_is_told_what_was_asked_for(AccessProfile profile, Deinterlacing? deinterlace, string pictures, string sound, string end)
    {
        string words = string.Join(' ', FfmpegCommand.Copy(new() { Profile = profile, Deinterlace = deinterlace }, Film, [Pictures, Sound(0x81, "pcm_dvd"), Sound(0x80, "ac3")], 1 << 20, "text", "out"));

        Assert.Contains("-probesize 1048576", words, StringComparison.Ordinal);
        Assert.Contains("-f mpeg -i pipe:0 -f ffmetadata -i text -map 0:i:0x1e0 -map 0:i:0x81 -map 0:i:0x80 ", words, StringComparison.Ordinal);
        Assert.Contains(pictures, words, StringComparison.Ordinal);
        Assert.Contains(sound, words, StringComparison.Ordinal);
        Assert.EndsWith(end, words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_film_without_sound_has_no_filter_for_it() =>
        Assert.DoesNotContain("-af", FfmpegCommand.Copy(new(), Film, [Pictures], 1, "text", "out"));

    [Theory]
    [InlineData("de", "deu", "ger")]
    [InlineData("en", "eng", "eng")]
    [InlineData("iw", "heb", "heb")]
    [InlineData("cs", "ces", "cze")]
    [InlineData("xx", "und", "und")]
    [InlineData("deu", "deu", "ger")]
    [InlineData("ger", "deu", "ger")]
    [InlineData("eng", "eng", "eng")]
    [InlineData(null, "und", "und")]
    public void Languages_have_three_letters(string? letters, string terminological, string bibliographic) =>
        Assert.Equal((terminological, bibliographic), (LanguageCode.Of(letters, isBibliographic: false), LanguageCode.Of(letters, isBibliographic: true)));

    [Fact]
    public void Names_and_chapters_are_text_for_ffmpeg()
    {
        string text = FilmText.Of("A=B;\n#\\", [TimeSpan.Zero, TimeSpan.FromSeconds(1.5)], TimeSpan.FromSeconds(4));
        Assert.Equal(";FFMETADATA1\ntitle=A\\=B\\;\\#\\\\\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=Chapter 1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=1500\nEND=4000\ntitle=Chapter 2\n", text);
        Assert.Equal(";FFMETADATA1\n", FilmText.Of("", [], null));
    }

    [Theory]
    [InlineData(100.0, 104.9, 0)]
    [InlineData(100.0, 105.1, 1)]
    [InlineData(100.0, 94.9, 1)]
    [InlineData(10.0, 11.9, 0)]
    [InlineData(10.0, 12.1, 1)]
    [InlineData(null, 12.1, 1)]
    [InlineData(10.0, null, 1)]
    public void Playing_times_agree_within_five_percent_or_two_seconds(double? expected, double? found, int doubts) =>
        Assert.Equal(doubts, PlayingTime.Doubts(Seconds(expected), Seconds(found), []).Count);

    [Fact]
    public void Both_times_are_named_and_sound_that_ends_early_too()
    {
        Assert.Equal(["the copy plays 0:00:30, and by the disc it should play 0:01:40"], PlayingTime.Doubts(Seconds(100), Seconds(30), []));
        Assert.Equal(["a sound track of the copy ends after 0:00:40 of 0:01:40"], PlayingTime.Doubts(Seconds(100), Seconds(100), [Sound(1, "aac") with { Duration = Seconds(40) }, Sound(2, "aac") with { Duration = Seconds(99) }]));
    }

    [Fact]
    public void Lost_places_that_are_close_together_are_one()
    {
        IReadOnlyList<UnreadPart> parts = UnreadTimes.Of([Lost(10, 4, 67.9, 68.1), Lost(30, 1, 68.9, 69.0), Lost(90, 2, 3599.2, 3600.5)]);
        Assert.Equal([("1:07", "1:09", 5), ("59:59", "60:01", 2)], parts.Select(part => (UnreadTimes.Text(part.From, isEnd: false), UnreadTimes.Text(part.To, isEnd: true), part.Sectors)));

        static LostFilm Lost(long first, long count, double from, double to) => new(first, count, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"streams\": 1}")]
    [InlineData("{\"format\": {}}")]
    public void What_is_no_answer_of_ffprobe_is_none(string json) => Assert.Null(ProbedFile.Read(json));

    [Fact]
    public void Programs_that_are_not_there_or_not_fit_are_told_with_what_installs_them()
    {
        using TempDirectory directory = new();
        OperationFailedException missing = Assert.Throws<OperationFailedException>(() => FfmpegPrograms.Find(directory.Path, AccessProfile.Mp4));
        Assert.Equal("no-ffmpeg", missing.Failure.Code);
        Assert.Contains("install ffmpeg", missing.Failure.Hint, StringComparison.Ordinal);

        foreach ((string script, string what) in ((string, string)[])[("exit 1", "can't be run"), ("echo ' V..... libx264 '", "has no encoder aac")])
        {
            foreach (string name in (string[])["ffmpeg", "ffprobe"])
            {
                File.WriteAllText(directory[name], $"#!/bin/sh\n{script}\n");
                ForeignProgram.Run("chmod", "+x", directory[name]);
            }

            Assert.Contains(what, Assert.Throws<OperationFailedException>(() => FfmpegPrograms.Find("/nowhere" + Path.PathSeparator + directory.Path, AccessProfile.Mp4)).Failure.What, StringComparison.Ordinal);
        }
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

    private static ProbedStream Sound(int stream, string? coding) => new(stream, "audio", coding) { SampleRate = 48000 };
}
