// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.DvdVideo;

/// <summary>The control data in samples/ were made with dvdauthor of films that ffmpeg drew; what is expected of them is what lsdvd says.</summary>
public sealed partial class DvdVideoDiscTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public DvdVideoDiscTests()
    {
        Directory.CreateDirectory(_directory["dvd/VIDEO_TS"]);
        foreach (string sample in Directory.EnumerateFiles(Samples()))
        {
            byte[] ifo = File.ReadAllBytes(sample);
            Write(Path.GetFileName(sample), ifo);
            Write(Path.GetFileNameWithoutExtension(sample) + ".BUP", ifo);
        }
    }

    [Fact]
    public void Titles_are_those_that_another_player_finds()
    {
        DvdVideoDisc disc = Read()!;

        Assert.Equal((2, false, null), (disc.TitleSets, disc.IsFromBackup, disc.IsScrambled));
        Assert.Equal(Enumerable.Range(1, 8), disc.PlayableRegions);
        Assert.Equal(
            [(1, 1, 1, 3, 6.0), (2, 1, 2, 2, 16.04), (3, 2, 1, 4, 14.0)],
            disc.Titles.Select(title => (title.Number, title.TitleSet, title.NumberInSet, title.Chapters, Math.Round(title.Duration!.Value.TotalSeconds, 3))));
        Assert.All(disc.Titles, title => Assert.Equal((1, new DvdPictures("MPEG-2", "PAL", "16:9")), (title.Angles, title.Pictures)));
        Assert.Equal([new DvdSound("AC-3", "de", 1, null), new DvdSound("AC-3", "en", 1, "director's comments")], disc.Titles[0].Sound);
        Assert.Equal(["ja", "en"], disc.Titles[2].Sound.Select(sound => sound.Language));
    }

    [Fact]
    public void Lsdvd_agrees()
    {
        string said = ForeignProgram.Run("lsdvd", "-a", "-c", _directory["dvd"]);
        DvdVideoDisc disc = Read()!;

        Assert.Equal(
            LsdvdTitle().Matches(said).Select(title => (title.Groups[1].Value, title.Groups[2].Value, title.Groups[3].Value)),
            disc.Titles.Select(title => (title.Number.ToString("D2", CultureInfo.InvariantCulture), title.Duration!.Value.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture), title.Chapters.ToString("D2", CultureInfo.InvariantCulture))));
        Assert.Equal(LsdvdSound().Matches(said).Select(sound => sound.Groups[1].Value), disc.Titles.SelectMany(title => title.Sound).Select(sound => sound.Language));
    }

    [Fact]
    public void Subtitles_are_those_that_the_title_lets_choose()
    {
        Assert.Empty(Read()!.Titles[0].Subtitles);
        byte[] ifo = Sample("VTS_01_0.IFO");
        ifo[ChainOf(ifo) + 0x1C] |= 0x80; // its first stream of subtitles is there
        Write("VTS_01_0.IFO", ifo);

        Assert.Equal(["fr"], Read()!.Titles[0].Subtitles);
        Assert.Empty(Read()!.Titles[2].Subtitles);
    }

    [Fact]
    public void Regions_that_are_forbidden_are_left_out()
    {
        byte[] ifo = Sample("VIDEO_TS.IFO");
        ifo[0x23] = 0b1111_1101;
        Write("VIDEO_TS.IFO", ifo);

        Assert.Equal([2], Read()!.PlayableRegions);
    }

    [Fact]
    public void A_damaged_table_has_its_backup_and_without_it_nothing_is_made_up()
    {
        Write("VTS_02_0.IFO", new byte[12288]);
        DvdVideoDisc disc = Read()!;
        Assert.True(disc.IsFromBackup);
        Assert.Equal(14, disc.Titles[2].Duration!.Value.TotalSeconds);

        Write("VTS_02_0.BUP", []);
        disc = Read()!;
        Assert.Equal((3, 4, null, null), (disc.Titles.Count, disc.Titles[2].Chapters, disc.Titles[2].Duration, disc.Titles[2].Pictures));
        Assert.Empty(disc.Titles[2].Sound);

        Write("VIDEO_TS.IFO", "DVDVIDEO-VTS"u8.ToArray());
        File.Delete(_directory["dvd/VIDEO_TS/VIDEO_TS.BUP"]);
        Assert.Null(Read());
    }

    [Fact]
    public void A_title_of_a_set_that_is_not_there_plays_nothing_that_is_known()
    {
        byte[] ifo = Sample("VIDEO_TS.IFO");
        ifo[0x800 + 8 + 6] = 9; // of the first title: its title set
        ifo[0x800 + 8 + 12 + 7] = 7; // of the second one: its number in the title set
        Write("VIDEO_TS.IFO", ifo);

        DvdVideoDisc disc = Read()!;
        Assert.Equal([null, null, 14.0], disc.Titles.Select(title => title.Duration?.TotalSeconds));
    }

    [Theory]
    [InlineData(0x00, false)]
    [InlineData(0x10, true)]
    [InlineData(0x30, true)]
    public void Scrambled_films_say_so_in_their_packets(byte control, bool isScrambled)
    {
        byte[] film = new byte[300 * 2048];
        for (int sector = 0; sector < 300; sector++)
        {
            Span<byte> pack = film.AsSpan(sector * 2048, 2048);
            ((ReadOnlySpan<byte>)[0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 1, 0x89, 0xC3, 0xF8, 0, 0, 1, 0xE0, 7, 0xEC, 0x81]).CopyTo(pack);
            pack[20] |= sector >= 200 ? control : (byte)0; // its beginning is not
        }

        Write("VTS_01_1.VOB", film);
        Assert.Equal(isScrambled, Read()!.IsScrambled);
    }

    [Fact]
    public void A_disc_of_other_files_is_none()
    {
        Directory.Delete(_directory["dvd/VIDEO_TS"], recursive: true);
        Directory.CreateDirectory(_directory["dvd/AUDIO_TS"]);
        Assert.Null(Read());
    }

    /// <summary>Whatever stands in the tables, reading them ends, and tells no more than tables can hold.</summary>
    [Fact]
    public void Tables_that_lie_are_survived() => LyingTables.Survive(DiscImages.OfDirectory(_directory["dvd"]), ["DVDVIDEO-VMG", "DVDVIDEO-VTS"], 12 * 1024, volume =>
    {
        DvdVideoDisc? disc = DvdVideoDisc.Read(volume);
        Assert.True(disc is null || disc.Titles.Count <= 99);
        Assert.All(disc?.Titles ?? [], title => Assert.True(title.Sound.Count <= 8 && title.Subtitles.Count <= 32 && !(title.Duration < TimeSpan.Zero)));
        Assert.True(DvdFilm.OfTitleSets(volume).Count + DvdFilm.OfTitles(volume).Count <= 2 * 99);
    });

    public void Dispose() => _directory.Dispose();

    private static string Samples([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "samples");

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Samples(), name));

    /// <summary>Where the first program chain of a title set is.</summary>
    private static int ChainOf(byte[] ifo)
    {
        int table = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(ifo.AsSpan(0xCC)) * 2048;
        return table + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(ifo.AsSpan(table + 12));
    }

    private void Write(string name, byte[] content) => _directory.Write($"dvd/VIDEO_TS/{name}", content);

    private DvdVideoDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["dvd"]));
        return DvdVideoDisc.Read(Volume.Open(file)!);
    }

    [GeneratedRegex(@"^Title: (\d+), Length: (\S+) Chapters: (\d+)", RegexOptions.Multiline)]
    private static partial Regex LsdvdTitle();

    [GeneratedRegex(@"Audio: \d+, Language: (\w\w)")]
    private static partial Regex LsdvdSound();
}
