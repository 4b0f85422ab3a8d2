// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Spindle.Formats.Analysis;
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.DvdVideo;

/// <summary>The control data are those of samples/; the films are laid out by hand.</summary>
public sealed partial class DvdFilmTests : IDisposable
{
    private const uint Second = 90_000;

    private readonly TempDirectory _directory = new();

    public DvdFilmTests()
    {
        Directory.CreateDirectory(_directory["dvd/VIDEO_TS"]);
        foreach (string sample in Directory.EnumerateFiles(Samples()))
        {
            Write(Path.GetFileName(sample), File.ReadAllBytes(sample));
        }
    }

    [Fact]
    public void Titles_are_played_by_their_program_chains_as_another_player_says()
    {
        WriteFilms(12_000);
        string said = ForeignProgram.Run("lsdvd", "-c", _directory["dvd"]);
        using ImageFile file = Open();
        IReadOnlyList<DvdFilm> titles = DvdFilm.OfTitles(Volume.Open(file)!);

        Assert.Equal(LsdvdTitle().Matches(said).Select(title => title.Groups[1].Value), titles.Select(title => title.Duration!.Value.ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture)));
        Assert.Equal(LsdvdChapter().Matches(said).Select(chapter => chapter.Groups[1].Value), titles.SelectMany(LengthsOfChapters));
        Assert.Equal([0x80, 0x81], titles[0].Sound.Select(track => track.Stream));
        Assert.Equal(["de", "en"], titles[0].Sound.Select(track => track.Sound.Language));
        Assert.All(titles, title => Assert.Equal(title.Titles[0].Duration, title.Duration));

        IReadOnlyList<DvdFilm> sets = DvdFilm.OfTitleSets(Volume.Open(file)!);
        Assert.Equal([(1, "1 2"), (2, "3")], sets.Select(set => (set.TitleSet, string.Join(' ', set.Titles.Select(title => title.Number)))));

        // The second title ends with what the first one plays: each is there once.
        Assert.Equal(titles[0].Cells.Concat(titles[1].Cells).Distinct(), sets[0].Cells);
        Assert.Equal(TimeSpan.FromSeconds(16), sets[0].Duration);
        Assert.Equal([.. titles[0].Chapters, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(10.8)], sets[0].Chapters);
        Assert.Equal(titles[2].Cells, sets[1].Cells);
    }

    [Fact]
    public void Of_angles_the_first_one_is_played_and_subtitles_are_told_by_their_streams()
    {
        byte[] ifo = File.ReadAllBytes(Path.Combine(Samples(), "VTS_01_0.IFO"));
        int chain = ChainOf(ifo, 1), cells = chain + BinaryPrimitives.ReadUInt16BigEndian(ifo.AsSpan(chain + 0xE8));
        (ifo[cells], ifo[cells + 24], ifo[cells + 48]) = (0x54, 0x94, 0xD4); // one of an angle block, of three cells
        BinaryPrimitives.WriteUInt32BigEndian(ifo.AsSpan(chain + 0x1C), 0x8003_0500); // subtitles for 4:3: 0; wide: 3
        BinaryPrimitives.WriteUInt32BigEndian(ifo.AsSpan(chain + 0xA4), 0x0010_8080);
        Write("VTS_01_0.IFO", ifo);
        WriteFilms(12_000);

        using ImageFile file = Open();
        DvdFilm title = DvdFilm.OfTitles(Volume.Open(file)!)[0];
        Assert.True(Assert.Single(title.Cells).IsInterleaved);
        Assert.Equal([new DvdSubtitleTrack(0x23, "fr")], title.Subtitles);
        Assert.Equal((16, 0x0010_8080u), (title.Palette.Count, title.Palette[0]));
    }

    [Fact]
    public void Without_its_table_all_of_a_title_set_is_played_and_without_films_nothing()
    {
        WriteFilms(700);
        Write("VTS_02_0.IFO", new byte[12288]);
        using (ImageFile file = Open())
        {
            DvdFilm lost = DvdFilm.OfTitleSets(Volume.Open(file)!)[1];
            Assert.Equal((new DvdCell(0, 699, null), null), (Assert.Single(lost.Cells), lost.Duration));
        }

        File.Delete(_directory["dvd/VIDEO_TS/VTS_02_1.VOB"]);
        using ImageFile without = Open();
        Assert.Single(DvdFilm.OfTitleSets(Volume.Open(without)!));
    }

    [Fact]
    public void Two_video_objects_have_one_clock()
    {
        Write("VTS_01_1.VOB",
        [
            .. FilmPacks.Navigation(1000, 10 * Second, 11 * Second, 1, 1, 1), .. FilmPacks.Packet(0xE0, 2000, 10 * Second),
            .. FilmPacks.Navigation(3000, 11 * Second, 12 * Second, 1, 1, 1), .. FilmPacks.Packet(0xBD, 4000, 11 * Second, 0x81),
            .. FilmPacks.Navigation(70, 500, 500 + Second, 2, 2, 1), .. FilmPacks.Packet(0xC1, 80, 600), .. FilmPacks.Packet(0xBD, 90, 700, 0x20),
        ]);
        (byte[] read, DvdFilmReader reader) = Read(Film(new DvdCell(0, 6, null)));

        Assert.Equal(7 * FilmPacks.Size, read.Length);
        long shift = (12 * Second) - 500;
        Assert.Equal([10 * Second, 11 * Second, 600 + shift, 700 + shift], new[] { 1, 3, 5, 6 }.Select(pack => FilmPacks.TimeOf(Pack(read, pack))));
        Assert.Equal([1000, 2000, 3000, 4000, 70 + shift, 80 + shift, 90 + shift], Enumerable.Range(0, 7).Select(pack => FilmPacks.ClockOf(Pack(read, pack))));
        Assert.Equal(3, reader.Length.TotalSeconds);
        Assert.Equal([(0x20, 6), (0x81, 3), (0x1C1, 5), (0x1E0, 1)], reader.Streams.Select(stream => (stream.Key, stream.Value)));
        Assert.False(reader.IsScrambled);
    }

    [Fact]
    public void Subtitles_are_handed_over_with_the_time_of_the_film()
    {
        byte[] goesOn = FilmPacks.Packet(0xBD, 80, 0, 0x21);
        (goesOn[21], goesOn[22]) = (0, 0); // no time
        goesOn[23] = 0x21;
        Write("VTS_01_1.VOB",
        [
            .. FilmPacks.Navigation(1000, 10 * Second, 11 * Second, 0, 1, 1),
            .. FilmPacks.Navigation(70, 500, 500 + Second, 3, 2, 1), .. FilmPacks.Packet(0xBD, 80, 500 + (Second / 2), 0x21), .. goesOn, .. FilmPacks.Packet(0xBD, 80, 600, 0x80),
        ]);
        List<(int, double?)> taken = [];
        using ImageFile file = Open();
        using DvdFilmReader reader = new(Volume.Open(file)!, Film(new DvdCell(0, 4, null)))
        {
            Subtitles = (stream, begin, pack) => taken.Add((stream, pack.Length == FilmPacks.Size ? begin?.TotalSeconds : -1)),
        };
        while (reader.Read(new byte[reader.LargestPiece]) is not null)
        {
            // All of it.
        }

        Assert.Equal([(0x21, 1.5), (0x21, null)], taken);
    }

    [Fact]
    public void Recordings_of_a_recorder_have_one_clock()
    {
        Directory.CreateDirectory(_directory["dvd/DVD_RTAV"]);
        _directory.Write("dvd/DVD_RTAV/VR_MOVIE.VRO",
        [
            .. FilmPacks.Packet(0xE0, 100, 5000), .. FilmPacks.Packet(0xBD, 200, 5000 + Second, 0x80), .. FilmPacks.Packet(0xE0, 300, 5000 + (2 * Second)),
            .. FilmPacks.Packet(0xE0, 50, 7000), .. FilmPacks.Packet(0xE0, 60, 7000 + Second),
        ]);
        using ImageFile file = Open();
        Volume volume = Volume.Open(file)!;
        DvdFilm film = DvdFilm.OfRecordings(volume, [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)])!;
        (byte[] read, DvdFilmReader reader) = Read(volume, film);

        long second = 5000 + (2 * Second) + 3600; // where the first one ends
        Assert.Equal([5000, 5000 + Second, 5000 + (2 * Second), second, second + Second], Enumerable.Range(0, 5).Select(pack => FilmPacks.TimeOf(Pack(read, pack))));
        Assert.Equal((3.08, 3.0), (reader.Length.TotalSeconds, film.Duration!.Value.TotalSeconds));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(2)], film.Chapters);
        Assert.Empty(DvdFilm.OfRecordings(volume, [null])!.Chapters.Skip(1));
        File.Delete(_directory["dvd/DVD_RTAV/VR_MOVIE.VRO"]);
        using ImageFile without = Open();
        Assert.Null(DvdFilm.OfRecordings(Volume.Open(without)!, []));
    }

    [Fact]
    public void What_stands_behind_the_times_of_a_packet_stays_as_it_is()
    {
        byte[] stuffed = FilmPacks.Packet(0xE0, 0, Second);
        stuffed[22] = 10; // the time, and five bytes that fill
        stuffed.AsSpan(28, 5).Fill(0xFF);
        Write("VTS_01_1.VOB", [.. FilmPacks.Navigation(0, 5 * Second, 6 * Second, 1, 1, 1), .. FilmPacks.Navigation(0, Second, 2 * Second, 1, 2, 1), .. stuffed]);

        byte[] pack = Pack(Read(Film(new DvdCell(0, 2, null))).Read, 2).ToArray();
        Assert.Equal(6 * Second, FilmPacks.TimeOf(pack));
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 5), pack[28..33]);
    }

    [Fact]
    public void A_time_beyond_33_bits_begins_anew()
    {
        long last = (1L << 33) - 1;
        Write("VTS_01_1.VOB",
        [
            .. FilmPacks.Navigation(1, 10 * Second, 11 * Second, 0, 1, 1),
            .. FilmPacks.Navigation(1, Second, 2 * Second, 1, 2, 1), .. FilmPacks.Packet(0xE0, last, last - 5),
        ]);

        byte[] pack = Pack(Read(Film(new DvdCell(0, 2, null))).Read, 2).ToArray();
        Assert.Equal(((10 * Second) - 1, (10 * Second) - 6), (FilmPacks.ClockOf(pack), FilmPacks.TimeOf(pack)));
    }

    [Fact]
    public void Units_of_other_angles_are_left_out()
    {
        Write("VTS_01_1.VOB",
        [
            .. FilmPacks.Navigation(0, Second, 2 * Second, 1, 1, 1), .. FilmPacks.Packet(0xE0, 0, Second),
            .. FilmPacks.Navigation(0, Second, 2 * Second, 1, 2, 1), .. FilmPacks.Packet(0xE0, 0, 7),
            .. FilmPacks.Navigation(0, 2 * Second, 3 * Second, 1, 1, 1), .. FilmPacks.Packet(0xE0, 0, 2 * Second),
        ]);
        (byte[] read, DvdFilmReader reader) = Read(Film(new DvdCell(0, 5, null) { Vob = 1, NumberInVob = 1, IsInterleaved = true }));

        Assert.Equal([Second, 2 * Second], new[] { 1, 3 }.Select(pack => FilmPacks.TimeOf(Pack(read, pack))));
        Assert.Equal((4 * FilmPacks.Size, 2), (read.Length, reader.Length.TotalSeconds));
    }

    [Fact]
    public void What_cannot_be_read_is_left_out_and_told_with_its_time()
    {
        byte[] film = [.. Enumerable.Range(0, 10).SelectMany(unit => (byte[])
        [
            .. FilmPacks.Navigation(0, (uint)(unit + 1) * Second, (uint)(unit + 2) * Second, 9, 1, 1),
            .. Enumerable.Range(0, 9).SelectMany(_ => FilmPacks.Packet(0xE0, 0, (uint)(unit + 1) * Second)),
        ])];
        Write("VTS_01_1.VOB", film);
        string image = DiscImages.OfDirectory(_directory["dvd"]);
        long start = File.ReadAllBytes(image).AsSpan().IndexOf(film) / FilmPacks.Size;
        using ImageFile file = ImageFile.Open(image);
        SectorMap map = new(file.SectorCount, SectorState.Finished);
        map.Set(new(start + 35, 1), SectorState.Bad); // in the midst of the fourth unit
        map.Set(new(start + 58, 24), SectorState.NonTried); // from the sixth unit's end to behind the ninth one's beginning
        using MappedSectors mapped = new(file, map);
        (byte[] read, DvdFilmReader reader) = Read(Volume.Open(mapped)!, Film(new DvdCell(0, 99, null)));

        Assert.Equal(75 * FilmPacks.Size, read.Length);
        Assert.Equal([(35, 1, 3.5, 3.6), (58, 24, 5.8, 8.2)], reader.Lost.Select(lost => (lost.First, lost.Count, Math.Round(lost.Begin.TotalSeconds, 2), Math.Round(lost.End.TotalSeconds, 2))));
        Assert.Equal(10, reader.Length.TotalSeconds); // what was lost played, too
        Assert.Equal(10 * Second, FilmPacks.TimeOf(Pack(read, 74)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Scrambled_packs_are_noticed(int control, bool isScrambled)
    {
        Write("VTS_01_1.VOB", [.. FilmPacks.Packet(0xE0, 0, 0), .. FilmPacks.Packet(0xBD, 0, 0, 0x80, control)]);
        Assert.Equal(isScrambled, Read(Film(new DvdCell(0, 1, null))).Reader.IsScrambled);
    }

    [Fact]
    public void A_film_longer_than_what_is_there_ends_with_a_loss()
    {
        Write("VTS_01_1.VOB", FilmPacks.Packet(0xE0, 0, 0));
        Write("VTS_01_2.VOB", FilmPacks.Packet(0xC0, 0, 0));
        (byte[] read, DvdFilmReader reader) = Read(Film(new DvdCell(0, 4, null)));

        Assert.Equal((2 * FilmPacks.Size, 5), (read.Length, reader.Position));
        Assert.Equal((2, 3), (Assert.Single(reader.Lost).First, reader.Lost[0].Count));
        reader.Seek(1);
        Assert.Equal(FilmPacks.Size, reader.Read(new byte[reader.LargestPiece]));
        Assert.Equal(2, reader.Position);
    }

    /// <summary>Whatever stands in packs and tables, reading ends, and takes no more than some times of what is there.</summary>
    [Fact]
    public void Packs_and_tables_that_lie_are_survived()
    {
        Random random = Seed.Random();
        byte[] film = [.. FilmPacks.Navigation(0, Second, 2 * Second, 1, 1, 1), .. FilmPacks.Packet(0xE0, 0, Second), .. FilmPacks.Packet(0xBD, 0, Second, 0x80)];
        Write("VTS_01_1.VOB", [.. film, .. film, .. film]);
        WriteFilm(2, 40);
        string image = DiscImages.OfDirectory(_directory["dvd"]);
        byte[] content = File.ReadAllBytes(image);
        int first = content.AsSpan().IndexOf("DVDVIDEO-VMG"u8), films = content.AsSpan().IndexOf(film);
        int[] places = [first, content.AsSpan().IndexOf("DVDVIDEO-VTS"u8), content.AsSpan().LastIndexOf("DVDVIDEO-VTS"u8)];
        for (int round = 0; round < 600; round++)
        {
            byte[] changed = [.. content];
            for (int change = random.Next(1, 30); change > 0; change--)
            {
                int at = random.Next(2) == 0 ? films + (random.Next(9) * FilmPacks.Size) + random.Next(0x440) : places[random.Next(3)] + 12 + random.Next(12 * 1024 - 12);
                changed[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            }

            File.WriteAllBytes(image, changed);
            using ImageFile file = ImageFile.Open(image);
            foreach (DvdFilm one in DvdFilm.OfTitleSets(Volume.Open(file)!).Concat(DvdFilm.OfTitles(Volume.Open(file)!)))
            {
                Assert.True(one.Sectors <= 16 * 40);
                (byte[] read, DvdFilmReader reader) = Read(Volume.Open(file)!, one);
                Assert.True(read.Length <= one.Sectors * FilmPacks.Size && reader.Lost.All(lost => lost.End >= lost.Begin && lost.Begin >= TimeSpan.Zero));
            }
        }
    }

    public void Dispose() => _directory.Dispose();

    private static string Samples([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "samples");

    private static IEnumerable<string> LengthsOfChapters(DvdFilm film) => film.Chapters
        .Zip([.. film.Chapters.Skip(1), film.Cells.Aggregate(TimeSpan.Zero, (sum, cell) => sum + cell.Duration!.Value)]).Select(chapter => (chapter.Second - chapter.First).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture));

    private static int ChainOf(byte[] ifo, int number)
    {
        int table = BinaryPrimitives.ReadInt32BigEndian(ifo.AsSpan(0xCC)) * 2048;
        return table + BinaryPrimitives.ReadInt32BigEndian(ifo.AsSpan(table + 4 + (8 * number)));
    }

    private static DvdFilm Film(params DvdCell[] cells) => new() { TitleSet = 1, Titles = [], Cells = cells, Chapters = [], Duration = null, Pictures = null, Sound = [], Subtitles = [], Palette = [] };

    private static ReadOnlySpan<byte> Pack(byte[] film, int number) => film.AsSpan(number * FilmPacks.Size, FilmPacks.Size);

    private (byte[] Read, DvdFilmReader Reader) Read(DvdFilm film)
    {
        ImageFile file = Open();
        return Read(Volume.Open(file)!, film);
    }

    private static (byte[] Read, DvdFilmReader Reader) Read(Volume volume, DvdFilm film)
    {
        DvdFilmReader reader = new(volume, film);
        using MemoryStream all = new();
        byte[] buffer = new byte[reader.LargestPiece];
        while (reader.Read(buffer) is { } length)
        {
            all.Write(buffer, 0, length);
        }

        return (all.ToArray(), reader);
    }

    private void WriteFilms(int sectors)
    {
        WriteFilm(1, sectors);
        WriteFilm(2, sectors);
    }

    private void WriteFilm(int set, int sectors)
    {
        using FileStream film = File.Create(_directory[$"dvd/VIDEO_TS/VTS_0{set}_1.VOB"]);
        film.SetLength((long)sectors * FilmPacks.Size);
    }

    private void Write(string name, byte[] content) => _directory.Write($"dvd/VIDEO_TS/{name}", content);

    private ImageFile Open() => ImageFile.Open(DiscImages.OfDirectory(_directory["dvd"]));

    [GeneratedRegex(@"^Title: \d+, Length: (\S+) ", RegexOptions.Multiline)]
    private static partial Regex LsdvdTitle();

    [GeneratedRegex(@"Chapter: \d+, Length: (\S+),")]
    private static partial Regex LsdvdChapter();
}
