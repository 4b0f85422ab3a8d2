// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>Copies of a DVD-Video that other programs made, judged by other programs.</summary>
[Slow("what ffmpeg does with films must be seen with films")]
public sealed partial class AccessMakerTests : IClassFixture<DvdWithFilms>, IDisposable
{
    private const double LeastLikeness = FilmJudge.LeastLikeness;

    private static readonly AccessSettings Quick = new() { Preset = "ultrafast" };

    private readonly DvdWithFilms _dvd;
    private readonly TempDirectory _directory = new();

    public AccessMakerTests(DvdWithFilms dvd)
    {
        _dvd = dvd;
        dvd.Make();
    }

    [Fact]
    public void Each_title_set_has_a_copy_that_is_what_the_disc_plays()
    {
        AccessCopy[] copies = Make(new() { Paths = [_dvd.Image], Target = _directory.Path, Settings = Quick });

        Assert.Equal([(AccessState.Made, "dvd.mp4", 1), (AccessState.Made, "dvd_title02.mp4", 2)], copies.Select(copy => (copy.State, Path.GetFileName(copy.Copy), copy.TitleSet!.Value)));
        Assert.All(copies, copy => Assert.Equal((0, 0, false), (copy.Warnings.Count, copy.Unread.Count, copy.NeedsPerson)));
        Assert.Equal([18, 8], copies.Select(copy => copy.Expected!.Value.TotalSeconds));
        Assert.Equal(
            ["dvd.access.json", "dvd.access.log", "dvd.mp4", "dvd_title02.access.json", "dvd_title02.access.log", "dvd_title02.mp4"],
            Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        Assert.True(Likeness(copies[0].Copy!, [.. DvdWithFilms.FirstSet.Select(film => film.Name)]).Min() >= LeastLikeness);
        Assert.True(Likeness(copies[1].Copy!, "d.mpg").Min() >= LeastLikeness);
        FilmJudge.SoundsRight(copies[0].Copy!, 18);
        FilmJudge.SoundsRight(copies[1].Copy!, 8);

        JsonElement probed = FilmJudge.Probe(copies[0].Copy!);
        Assert.Equal(["h264", "aac", "aac"], probed.GetProperty("streams").EnumerateArray().Take(3).Select(stream => stream.GetProperty("codec_name").GetString()));
        Assert.Equal(["deu", "eng"], probed.GetProperty("streams").EnumerateArray().Skip(1).Take(2).Select(stream => stream.GetProperty("tags").GetProperty("language").GetString()));
        Assert.Equal("16:9", probed.GetProperty("streams")[0].GetProperty("display_aspect_ratio").GetString());
        Assert.Equal("HOLIDAYS", probed.GetProperty("format").GetProperty("tags").GetProperty("title").GetString());
        Assert.Equal(LsdvdChapters(1, 2), probed.GetProperty("chapters").EnumerateArray().Select(chapter => double.Parse(chapter.GetProperty("start_time").GetString()!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_record_tells_what_was_made_of_what()
    {
        AccessCopy copy = Make(new() { Paths = [_dvd.Image], Target = _directory.Path, Settings = Quick with { Stills = 2 } })[0];
        JsonElement record = Record(copy);

        Assert.Equal(("spindle/access-copy/1", "made"), (record.GetProperty("schema").GetString(), record.GetProperty("state").GetString()));
        JsonElement image = record.GetProperty("image");
        Assert.Equal((Sha256(_dvd.Image), "reading"), (image.GetProperty("sha256").GetString(), image.GetProperty("sha256From").GetString()));
        JsonElement made = record.GetProperty("copy");
        Assert.Equal((Sha256(copy.Copy!), new FileInfo(copy.Copy!).Length), (made.GetProperty("sha256").GetString(), made.GetProperty("size").GetInt64()));
        Assert.Equal(ForeignProgram.Run("md5sum", copy.Copy!).Split(' ')[0], made.GetProperty("md5").GetString());
        Assert.Equal((450, 450), (made.GetProperty("frames").GetInt32(), made.GetProperty("framesDecoded").GetInt32()));
        Assert.StartsWith("ffmpeg version", record.GetProperty("program").GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Contains("pipe:0", record.GetProperty("program").GetProperty("command").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(
            [("1e0", "mpeg2video", null), ("80", "ac3", "de"), ("81", "ac3", "en")],
            record.GetProperty("film").GetProperty("streams").EnumerateArray().Select(stream => (stream.GetProperty("stream").GetString(), stream.GetProperty("coding").GetString(), stream.GetProperty("language").GetString())));
        Assert.Equal(("20", "fr", true), (record.GetProperty("film").GetProperty("subtitles")[0] is var subtitle ? (subtitle.GetProperty("stream").GetString(), subtitle.GetProperty("language").GetString(), subtitle.GetProperty("seen").GetBoolean()) : default));
        foreach (string? still in made.GetProperty("beside").EnumerateArray().Select(file => file.GetString()).Where(file => file!.EndsWith(".jpg", StringComparison.Ordinal)))
        {
            Assert.Equal((512, 288), SizeOf(_directory[still!])); // as wide as it is shown
        }

        Assert.Equal(2, Directory.GetFiles(_directory.Path, "dvd_still0?.jpg").Length);
        Assert.Contains("frame I:", File.ReadAllText(_directory["dvd.access.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_recorder_all_recordings_are_one_copy_each_a_chapter()
    {
        // The table is laid out by hand, as free programs document it: no program that writes such discs is at hand.
        (string Film, int Seconds)[] recordings = [("plain.mpg", 4), ("b.mpg", 6), ("d.mpg", 8)];
        byte[] table = new byte[2048];
        "DVD_RTR_VMG0"u8.CopyTo(table);
        table[33] = 0x11;
        "CHRISTMAS"u8.CopyTo(table.AsSpan(162));
        BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(256), 512); // programs
        BinaryPrimitives.WriteUInt16BigEndian(table.AsSpan(520), (ushort)recordings.Length);
        for (int number = 0; number < recordings.Length; number++)
        {
            int at = 100 + (40 * number);
            BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(522 + (4 * number)), (uint)at);
            BinaryPrimitives.WriteUInt32BigEndian(table.AsSpan(512 + at + 15), (uint)(90_000 * recordings[number].Seconds)); // when it ends, where it begins at 0
        }

        Directory.CreateDirectory(_directory["disc/DVD_RTAV"]);
        _directory.Write("disc/DVD_RTAV/VR_MANGR.IFO", table);
        _directory.Write("disc/DVD_RTAV/VR_MOVIE.VRO", [.. recordings.SelectMany(recording => File.ReadAllBytes(_dvd.Film(recording.Film)))]);
        AccessCopy copy = Assert.Single(Make(new() { Paths = [DiscImages.OfDirectory(_directory["disc"])], Target = _directory["copies"], Settings = Quick }));

        Assert.Equal((AccessState.Made, 18.0, 0), (copy.State, copy.Expected?.TotalSeconds, copy.Warnings.Count));
        double[] likeness = Likeness(copy.Copy!, [.. recordings.Select(recording => recording.Film)]);
        Assert.Equal(18 * 25, likeness.Length);
        Assert.True(likeness.Min() >= LeastLikeness);
        FilmJudge.SoundsRight(copy.Copy!, 18);
        JsonElement probed = FilmJudge.Probe(copy.Copy!);
        Assert.Equal("CHRISTMAS", probed.GetProperty("format").GetProperty("tags").GetProperty("title").GetString());
        Assert.Equal(["0.000000", "4.000000", "10.000000"], probed.GetProperty("chapters").EnumerateArray().Select(chapter => chapter.GetProperty("start_time").GetString()));
    }

    [Fact]
    public void Subtitles_are_kept_as_players_read_them()
    {
        AccessCopy[] copies = Make(new() { Paths = [_dvd.Image], Target = _directory.Path, Settings = Quick with { Subtitles = true } });

        Assert.Equal(["dvd.sub", "dvd.idx"], Record(copies[0]).GetProperty("copy").GetProperty("beside").EnumerateArray().Select(file => file.GetString()));
        Assert.Empty(Record(copies[1]).GetProperty("copy").GetProperty("beside").EnumerateArray()); // it has none
        Assert.Equal(["dvd.idx"], Directory.GetFiles(_directory.Path, "*.idx").Select(Path.GetFileName));

        // By a reader that others wrote: one picture at the first second, for a second, in the colours that it was drawn in.
        JsonElement packets = JsonSerializer.Deserialize<JsonElement>(ForeignProgram.Run("ffprobe", "-v", "error", "-show_packets", "-show_streams", "-of", "json", _directory["dvd.idx"]));
        Assert.Equal(("dvd_subtitle", "fr"), (packets.GetProperty("streams")[0].GetProperty("codec_name").GetString(), packets.GetProperty("streams")[0].GetProperty("tags").GetProperty("language").GetString()));
        JsonElement packet = Assert.Single(packets.GetProperty("packets").EnumerateArray());
        Assert.InRange(double.Parse(packet.GetProperty("pts_time").GetString()!, CultureInfo.InvariantCulture), 0.9, 1.1);
        ForeignProgram.RunIn(_directory.Path, "ffmpeg", "-v", "error", "-i", "dvd.idx", "-f", "lavfi", "-i", "color=c=blue:s=720x576:d=3:r=25", "-filter_complex", "[1:v][0:s:0]overlay,crop=40:10:180:496", "-ss", "1.4", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "shown.raw");
        Assert.All(File.ReadAllBytes(_directory["shown.raw"]), luma => Assert.InRange(luma, 225, 255)); // the white bar
    }

    [Fact]
    public void By_title_each_title_is_there_once_and_whole()
    {
        AccessCopy[] copies = Make(new() { Paths = [_dvd.Image], Target = _directory.Path, Settings = Quick with { ByTitle = true }, Jobs = 2 });

        Assert.Equal(["dvd_t01.mp4", "dvd_t02.mp4", "dvd_t03.mp4"], copies.Select(copy => Path.GetFileName(copy.Copy)).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], copies.SelectMany(copy => copy.Titles).Order());
        foreach ((string copy, string[] films, int seconds) in ((string, string[], int)[])[("dvd_t01.mp4", ["a.mpg"], 4), ("dvd_t02.mp4", ["b.mpg", "c.mpg", "e.mpg"], 14), ("dvd_t03.mp4", ["d.mpg"], 8)])
        {
            double[] likeness = Likeness(_directory[copy], films);
            Assert.Equal(25 * seconds, likeness.Length);
            Assert.True(likeness.Min() >= LeastLikeness);
            FilmJudge.SoundsRight(_directory[copy], seconds);
        }
    }

    [Fact]
    public void The_video_itself_is_kept_bit_by_bit()
    {
        AccessCopy copy = Make(new() { Paths = [_dvd.Image], Target = _directory.Path, Settings = new() { Profile = AccessProfile.Ffv1, ByTitle = true } })[0];

        Assert.Equal("dvd_t01.mkv", Path.GetFileName(copy.Copy));
        Assert.All(Likeness(copy.Copy!, "a.mpg"), likeness => Assert.Equal(double.PositiveInfinity, likeness));
        JsonElement[] streams = [.. FilmJudge.Probe(copy.Copy!).GetProperty("streams").EnumerateArray()];
        Assert.Equal(["ffv1", "pcm_s16le", "pcm_s16le"], streams.Select(stream => stream.GetProperty("codec_name").GetString()));
        Assert.Equal(["ger", "eng"], streams.Skip(1).Select(stream => stream.GetProperty("tags").GetProperty("language").GetString()));
    }

    [Fact]
    public void What_is_done_is_not_done_again_and_nothing_else_is_replaced()
    {
        string image = _dvd.Changed(_directory, "disc.iso", _ => { });
        AccessRequest request = new() { Paths = [_directory.Path], Settings = Quick };
        AccessCopy[] made = Make(request);
        DateTime written = File.GetLastWriteTimeUtc(made[1].Copy!);

        Assert.All(Make(request), copy => Assert.Equal((AccessState.Done, false), (copy.State, copy.NeedsPerson)));
        AccessCopy[] otherwise = Make(request with { Settings = Quick with { Crf = 30 } });
        Assert.All(otherwise, copy => Assert.Equal((AccessState.InTheWay, true), (copy.State, copy.Detail.Contains("other settings", StringComparison.Ordinal))));

        // One that is not there, or not whole, is made.
        File.Delete(made[0].Copy!);
        Assert.Equal([AccessState.Done, AccessState.Made], Make(request).Select(copy => copy.State).Order().Reverse());
        File.AppendAllText(made[0].Copy!, "x");
        Assert.Contains("another size", Assert.Single(Make(request), copy => copy.State == AccessState.InTheWay).Detail, StringComparison.Ordinal);
        Assert.Equal([AccessState.Done, AccessState.Made], Make(request with { Overwrites = true }).Select(copy => copy.State).Order().Reverse());
        Assert.Equal(written, File.GetLastWriteTimeUtc(made[1].Copy!));

        // The image has changed since.
        File.SetLastWriteTimeUtc(image, written.AddHours(1));
        Assert.All(Make(request), copy => Assert.Contains("before it changed", copy.Detail, StringComparison.Ordinal));

        // What nobody vouches for may be somebody's own.
        File.Delete(_directory["disc.access.json"]);
        Assert.Contains("no record says", Make(request)[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Seconds_that_the_image_lacks_are_named_and_are_where_a_decoder_stumbles()
    {
        (int first, int count) = _dvd.PlaceOf("/VIDEO_TS/VTS_02_1.VOB");
        int bad = first + (count * 5 / 8), lost = count / 40;
        string image = _dvd.Changed(_directory, "scratched.iso", content => content.AsSpan(bad * 2048, lost * 2048).Clear());
        _directory.Write("scratched.map", System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"0x0 + 1\n0x0 0x{bad * 2048L:x} +\n0x{bad * 2048L:x} 0x{lost * 2048L:x} -\n0x{(bad + lost) * 2048L:x} 0x{new FileInfo(image).Length - ((bad + lost) * 2048L):x} +\n")));

        AccessCopy copy = Make(new() { Paths = [image], Settings = Quick })[1];
        Assert.Equal((AccessState.Made, true), (copy.State, copy.NeedsPerson));
        UnreadPart part = Assert.Single(copy.Unread);
        Assert.Equal(lost, part.Sectors);
        Assert.InRange(part.From.TotalSeconds, 4, 6);
        Assert.Equal(UnreadTimes.Text(part.From, isEnd: false), Record(copy).GetProperty("unread")[0].GetProperty("from").GetString());

        double[] stumbles = [.. Likeness(copy.Copy!, "d.mpg", isByTime: true).Select((likeness, frame) => (likeness, frame / 25.0)).Where(frame => frame.likeness < LeastLikeness).Select(frame => frame.Item2)];
        Assert.NotEmpty(stumbles);
        Assert.All(stumbles, time => Assert.InRange(time, part.From.TotalSeconds - 0.6, part.To.TotalSeconds + 0.6)); // a group of pictures is half a second
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Scrambled_films_are_refused_in_words(bool isLate)
    {
        (int first, int count) = _dvd.PlaceOf("/VIDEO_TS/VTS_02_1.VOB");
        string image = _dvd.Changed(_directory, "css.iso", content =>
        {
            // All packs, or one that no sample meets.
            for (int sector = first + (isLate ? (count * 9 / 10) + 3 : 0); sector < first + (isLate ? (count * 9 / 10) + 4 : count); sector++)
            {
                Span<byte> pack = content.AsSpan(sector * 2048, 2048);
                pack[20] |= (byte)(pack[17] is 0xBD or 0xE0 or 0xC0 ? 0x10 : 0);
            }
        });
        AccessCopy refused = Assert.Single(Make(new() { Paths = [image], Settings = Quick }), copy => copy.State == AccessState.Refused);

        Assert.Contains("scrambled (CSS", refused.Detail, StringComparison.Ordinal);
        Assert.True(refused.NeedsPerson);
        Assert.Equal("refused", Record(refused).GetProperty("state").GetString());
        Assert.Equal(isLate ? ["css.mp4"] : [], Directory.GetFiles(_directory.Path, "*.mp4").Select(Path.GetFileName));
        Assert.Empty(Directory.GetFiles(_directory.Path, ".*"));
    }

    [Fact]
    public void An_attempt_that_fails_keeps_its_evidence_and_leaves_a_good_copy_alone()
    {
        string image = _dvd.Changed(_directory, "disc.iso", _ => { });
        AccessRequest request = new() { Paths = [image], Settings = Quick };
        AccessCopy good = Make(request)[1];
        byte[] before = File.ReadAllBytes(good.Copy!);
        foreach ((string stage, string words) in ((string, string)[])[("*-crf*", "ffmpeg ended with 3: it broke"), ("*null*", "can't be decoded whole: it broke")])
        {
            Directory.CreateDirectory(_directory["bin"]);
            File.WriteAllText(_directory["bin/ffmpeg"], $"#!/bin/sh\ncase \"$*\" in {stage}) echo 'it broke' >&2; exit 3;; esac\nexec {ForeignProgram.PathOf("ffmpeg")} \"$@\"\n");
            ForeignProgram.Run("chmod", "+x", _directory["bin/ffmpeg"]);
            AccessCopy[] failed = Make(request with { Overwrites = true, Settings = Quick with { Crf = 30 } }, _directory["bin"] + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));

            Assert.All(failed, copy => Assert.Equal((AccessState.Failed, null), (copy.State, copy.Copy)));
            Assert.Contains(words, failed[1].Detail, StringComparison.Ordinal);
            Assert.Matches(@"disc_title02\.failed-\d{8}T\d{6}\.access\.json$", failed[1].Record);
            Assert.Contains("it broke", File.ReadAllText(failed[1].Record!.Replace(".json", ".log", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.Equal(before, File.ReadAllBytes(good.Copy!));
            Assert.Empty(Directory.GetFiles(_directory.Path, ".*"));
        }

        Assert.All(Make(request), copy => Assert.Equal(AccessState.Done, copy.State));
    }

    [Fact]
    public void One_that_is_stopped_leaves_nothing_unproven()
    {
        using CancellationTokenSource stop = new();
        Reports reports = new(report =>
        {
            if (report.Item?.Contains(".mp4", StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        });
        AccessMaker maker = new(FfmpegPrograms.Find(Environment.GetEnvironmentVariable("PATH"), AccessProfile.Mp4), TimeProvider.System);

        Assert.ThrowsAny<OperationCanceledException>(() => maker.Make(new() { Paths = [_dvd.Image], Target = _directory["out"], Settings = Quick with { Preset = "veryslow" } }, reports, stop.Token).ToList());
        Assert.Empty(Directory.GetFileSystemEntries(_directory["out"]));
    }

    [Fact]
    public void Of_a_folder_each_image_is_told_and_copies_lie_as_their_images_do()
    {
        Directory.CreateDirectory(_directory["discs/box1"]);
        File.Copy(_dvd.Image, _directory["discs/box1/film.iso"]);
        File.Copy(_dvd.Image, _directory["discs/box1/film.img"]);
        Directory.CreateDirectory(_directory["data/AUDIO_TS"]);
        _directory.Write("data/AUDIO_TS/AUDIO_TS.IFO", [.. "DVDAUDIO-AMG"u8, .. new byte[4084]]);
        File.Move(DiscImages.OfDirectory(_directory["data"]), _directory["discs/audio.iso"]);
        Directory.Delete(_directory["data/AUDIO_TS"], recursive: true);
        File.WriteAllText(_directory["data/letter.txt"], "Dear");
        File.Move(DiscImages.OfDirectory(_directory["data"]), _directory["discs/data.iso"]);
        _directory.Write("discs/nothing.iso", new byte[100 * 2048]);
        ForeignProgram.Run("mkfifo", _directory["discs/pipe.iso"]);
        _directory.Write("discs/pipe.iso.md5", "d41d8cd98f00b204e9800998ecf8427e  pipe.iso\n"u8);
        List<WorkProgress> told = [];
        AccessRequest request = new() { Paths = [_directory["discs"]], Target = _directory["out"], Settings = Quick with { ByTitle = true } };
        AccessMaker maker = new(FfmpegPrograms.Find(Environment.GetEnvironmentVariable("PATH"), AccessProfile.Mp4), TimeProvider.System);
        AccessCopy[] copies = [.. maker.Make(request, new Reports(told.Add), default)];

        Assert.Equal(
            [("audio.iso", "DVD-Audio"), ("data.iso", "no DVD-Video"), ("nothing.iso", "no file system")],
            copies.Where(copy => copy.State == AccessState.Skipped).Select(copy => (Path.GetFileName(copy.Image), Words().Match(copy.Detail).Value)).Order());
        Assert.Equal(("pipe.iso", "it is no file"), Assert.Single(copies, copy => copy.State == AccessState.Failed) is var failed ? (Path.GetFileName(failed.Image), failed.Detail) : default);
        Assert.Equal(3, copies.Count(copy => copy.State == AccessState.InTheWay)); // of one of film.img and film.iso, whose copies would have the same names
        Assert.Equal(["film_t01.mp4", "film_t02.mp4", "film_t03.mp4"], Directory.GetFiles(_directory["out/box1"], "*.mp4").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("it is no DVD-Video and no Blu-ray Disc", File.ReadAllText(_directory["out/data.access.json"]), StringComparison.Ordinal);
        Assert.Equal((650, 650, "frames"), (told[^1].Done, told[^1].Total, told[^1].Unit));
        Assert.Contains(told, report => report.Item?.EndsWith('x') == true);
        Assert.All(told.Zip(told.Skip(1)).Where(pair => pair.First.Stage == pair.Second.Stage), pair => Assert.True(pair.First.Done <= pair.Second.Done));
    }

    public void Dispose() => _directory.Dispose();

    private static AccessCopy[] Make(AccessRequest request, string? path = null)
    {
        FfmpegPrograms programs = FfmpegPrograms.Find(path ?? Environment.GetEnvironmentVariable("PATH"), request.Settings.Profile);
        return [.. new AccessMaker(programs, TimeProvider.System).Make(request, new Reports(_ => { }), default)];
    }

    private static JsonElement Record(AccessCopy copy) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(copy.Record!));

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static (int, int) SizeOf(string picture) => FilmJudge.Probe(picture).GetProperty("streams")[0] is var stream ? (stream.GetProperty("width").GetInt32(), stream.GetProperty("height").GetInt32()) : default;

    /// <summary>How like each picture of a copy is to that of the films that it should play, in dB.</summary>
    private double[] Likeness(string copy, params string[] films) => FilmJudge.Likeness(_directory, copy, [.. films.Select(_dvd.Film)]);

    private double[] Likeness(string copy, string film, bool isByTime) => FilmJudge.Likeness(_directory, copy, [_dvd.Film(film)], isByTime);

    /// <summary>Where the chapters of titles begin that are played one after the other, as lsdvd says.</summary>
    private double[] LsdvdChapters(params int[] titles)
    {
        List<double> begins = [];
        double at = 0;
        foreach (int title in titles)
        {
            foreach (Match chapter in Chapter().Matches(ForeignProgram.Run("lsdvd", "-c", "-t", title.ToString(CultureInfo.InvariantCulture), _dvd.Image)))
            {
                begins.Add(Math.Round(at, 3));
                at += TimeSpan.Parse(chapter.Groups[1].Value, CultureInfo.InvariantCulture).TotalSeconds;
            }
        }

        return [.. begins];
    }

    [GeneratedRegex(@"Chapter: \d+, Length: (\S+),")]
    private static partial Regex Chapter();

    [GeneratedRegex("DVD-Audio|no DVD-Video|no file system")]
    private static partial Regex Words();

    private sealed class Reports(Action<WorkProgress> report) : IProgress<WorkProgress>
    {
        private readonly Lock _one = new();

        public void Report(WorkProgress value)
        {
            lock (_one)
            {
                report(value);
            }
        }
    }
}
