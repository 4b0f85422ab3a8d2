// SPDX-License-Identifier: MIT
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging.AccessCopies;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>Films laid out by hand: packs with one packet each (ISO/IEC 13818-1 §2.5.3).</summary>
public sealed class FilmSurveyTests : IDisposable
{
    private const int Packs = 8_000; // 16 MB, twice of what is looked at in any case
    private const int Pictures = 0xE0, Private = 0xBD;

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Sound_that_begins_late_is_found_and_looked_for_until_it_begins()
    {
        FilmSurvey survey = Survey(pack => pack < 7_000 ? (Pictures, 0) : (Private, 0x81));

        Assert.Equal([0x81, 0x1E0], survey.Streams);
        Assert.InRange(survey.Head, 7_000L * 2048, 7_000L * 2048 + (2 << 20));
        Assert.False(survey.IsScrambled);
    }

    [Fact]
    public void Of_what_begins_at_once_no_more_than_usual_is_looked_at()
    {
        FilmSurvey survey = Survey(pack => (pack % 4) switch { 0 => (Pictures, 0), 1 => (Private, 0x80), 2 => (Private, 0x20), _ => (0xC1, 0) });

        Assert.Equal([0x80, 0x1C1, 0x1E0], survey.Streams); // subtitles are no stream that ffmpeg copies
        Assert.Equal(8L << 20, survey.Head);
    }

    public void Dispose() => _directory.Dispose();

    private FilmSurvey Survey(Func<int, (int Stream, int Substream)> packs)
    {
        Directory.CreateDirectory(_directory["dvd/VIDEO_TS"]);
        byte[] film = new byte[Packs * 2048];
        for (int number = 0; number < Packs; number++)
        {
            (int stream, int substream) = packs(number);
            byte[] pack = [0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 1, 0x89, 0xC3, 0xF8, 0, 0, 1, (byte)stream, 0x07, 0xEC, 0x81, 0x80, 5, 0x21, 0, 1, 0, 1, (byte)substream];
            pack.CopyTo(film, number * 2048);
        }

        _directory.Write("dvd/VIDEO_TS/VTS_01_1.VOB", film);
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["dvd"]));
        DvdFilm whole = new() { TitleSet = 1, Titles = [], Cells = [new(0, Packs - 1, null)], Chapters = [], Duration = null, Pictures = null, Sound = [], Subtitles = [], Palette = [] };
        return FilmSurvey.Of(Volume.Open(file)!, new DvdFeature(whole), default);
    }
}
