// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Imaging.AccessCopies;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>Copies of playlists of a Blu-ray Disc, judged by ffmpeg and libbluray.</summary>
[Slow("what ffmpeg does with films must be seen with films")]
public sealed class BlurayCopyTests : IClassFixture<BlurayWithFilms>, IDisposable
{
    private static readonly AccessSettings Quick = new() { Preset = "ultrafast" };

    private readonly BlurayWithFilms _disc;
    private readonly TempDirectory _directory = new();

    public BlurayCopyTests(BlurayWithFilms disc)
    {
        _disc = disc;
        disc.Make();
    }

    [Fact]
    public void The_playlist_that_plays_everything_has_a_copy_of_all_its_clips()
    {
        AccessCopy copy = Assert.Single(Make(_disc.Image, Quick with { Subtitles = true }));

        Assert.Equal("", copy.State == AccessState.Made ? "" : copy.Detail);
        Assert.Equal((AccessState.Made, "disc.mp4", "00001", null, 10.0), (copy.State, Path.GetFileName(copy.Copy), copy.Playlist, copy.TitleSet, copy.Expected?.TotalSeconds));
        Assert.Equal([], copy.Warnings);
        double[] likeness = FilmJudge.Likeness(_directory, copy.Copy!, [_disc.Clip(1), _disc.Clip(2)]);
        Assert.Equal(10 * 25, likeness.Length);
        Assert.True(likeness.Min() >= FilmJudge.LeastLikeness);
        FilmJudge.SoundsRight(copy.Copy!, 10);

        JsonElement probed = FilmJudge.Probe(copy.Copy!);
        Assert.Equal(["eng", "deu"], probed.GetProperty("streams").EnumerateArray().Skip(1).Take(2).Select(stream => stream.GetProperty("tags").GetProperty("language").GetString()));
        Assert.Equal(["0.000000", "3.000000", "6.000000"], probed.GetProperty("chapters").EnumerateArray().Select(chapter => chapter.GetProperty("start_time").GetString()));
        Assert.Equal("BIRTHDAY", probed.GetProperty("format").GetProperty("tags").GetProperty("title").GetString());

        // Subtitles lie beside it, and are shown when they should be.
        JsonElement record = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(copy.Record!));
        Assert.Equal("disc.mks", Assert.Single(record.GetProperty("copy").GetProperty("beside").EnumerateArray()).GetString());
        Assert.Equal(("00001", true), (record.GetProperty("film").GetProperty("playlist").GetString(), record.GetProperty("film").GetProperty("subtitles")[0].GetProperty("seen").GetBoolean()));
        JsonElement captions = JsonSerializer.Deserialize<JsonElement>(ForeignProgram.Run("ffprobe", "-v", "error", "-show_packets", "-show_streams", "-of", "json", _directory["disc.mks"]));
        Assert.Equal(("hdmv_pgs_subtitle", "fre"), (captions.GetProperty("streams")[0].GetProperty("codec_name").GetString(), captions.GetProperty("streams")[0].GetProperty("tags").GetProperty("language").GetString()));
        Assert.Equal([1.0, 2.0], captions.GetProperty("packets").EnumerateArray().Select(packet => Math.Round(double.Parse(packet.GetProperty("pts_time").GetString()!, CultureInfo.InvariantCulture), 1)));
    }

    [Fact]
    public void Each_playlist_is_copied_once_and_is_what_a_player_plays()
    {
        AccessCopy[] copies = [.. Make(_disc.Image, new() { ByTitle = true, Profile = AccessProfile.Ffv1 }).OrderBy(copy => copy.Playlist, StringComparer.Ordinal)];

        Assert.Equal(["disc_playlist00001.mkv", "disc_playlist00002.mkv", "disc_playlist00003.mkv", "disc_playlist00005.mkv"], copies.Select(copy => Path.GetFileName(copy.Copy)));
        Assert.All(copies, copy => Assert.Equal((AccessState.Made, 0), (copy.State, copy.Warnings.Count)));
        Assert.Equal(Played(1), Pictures("-i", copies[0].Copy!));
        string[] part = Pictures("-i", copies[1].Copy!);
        Assert.InRange(part.Length, 50, 52); // pictures behind the end that others may be made of are kept
        Assert.Equal(Pictures("-i", _disc.Clip(1))[50..100], part[..50]);
        Assert.Equal(Played(2)[..50], part[..50]); // it gives whole units, up to the next point

        // What begins between two pictures that stand by themselves begins at the first of them, so that nothing is lost.
        Assert.Equal(Pictures("-i", _disc.Clip(2))[25..75], Pictures("-i", copies[2].Copy!)[..50]);
        Assert.InRange(copies[2].Duration!.Value.TotalSeconds, 2.0, 2.2);
        Assert.InRange(Pictures("-i", copies[3].Copy!).Length, 9 * 24, 9 * 25 + 2); // of a join in the middle of a clip, one may give way to those
        Assert.InRange(copies[3].Duration!.Value.TotalSeconds, 8.9, 9.3);
    }

    [Fact]
    public void Seconds_that_the_image_lacks_are_named_and_are_where_a_decoder_stumbles()
    {
        byte[] image = File.ReadAllBytes(_disc.Image);
        using (ImageFile file = ImageFile.Open(_disc.Image))
        {
            Formats.Trees.VolumeEntry clip = Volume.Open(file)!.Find("/BDMV/STREAM/00001.m2ts")!;
            int bad = (int)clip.Extents[0].Lba + (int)(clip.Size / 2048 / 2), lost = 7;
            image.AsSpan(bad * 2048, lost * 2048).Clear();
            _directory.Write("scratched.map", System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"0x0 + 1\n0x0 0x{bad * 2048L:x} +\n0x{bad * 2048L:x} 0x{lost * 2048L:x} -\n0x{(bad + lost) * 2048L:x} 0x{image.Length - ((bad + lost) * 2048L):x} +\n")));
        }

        AccessCopy copy = Assert.Single(Make(_directory.Write("scratched.iso", image), Quick));
        UnreadPart part = Assert.Single(copy.Unread);
        Assert.Equal((AccessState.Made, true, 7), (copy.State, copy.NeedsPerson, part.Sectors));
        Assert.InRange(part.From.TotalSeconds, 2, 4);
        double[] stumbles = [.. FilmJudge.Likeness(_directory, copy.Copy!, [_disc.Clip(1), _disc.Clip(2)], isByTime: true).Select((likeness, frame) => (likeness, frame / 25.0)).Where(frame => frame.likeness < FilmJudge.LeastLikeness).Select(frame => frame.Item2)];
        Assert.NotEmpty(stumbles);
        Assert.All(stumbles, time => Assert.InRange(time, part.From.TotalSeconds - 1.1, part.To.TotalSeconds + 1.1)); // a group of pictures is a second
    }

    [Fact]
    public void Encrypted_clips_are_refused_and_a_disc_without_playlists_is_skipped()
    {
        byte[] image = File.ReadAllBytes(_disc.Image);
        using (ImageFile file = ImageFile.Open(_disc.Image))
        {
            foreach (int number in (int[])[1, 2])
            {
                Formats.Trees.VolumeEntry clip = Volume.Open(file)!.Find($"/BDMV/STREAM/0000{number}.m2ts")!;
                for (long unit = 0; unit < clip.Size / 6144; unit++)
                {
                    Span<byte> bytes = image.AsSpan((int)((clip.Extents[0].Lba * 2048) + (unit * 6144)), 6144);
                    bytes[0] |= 0xC0;
                    new Random(7).NextBytes(bytes[16..]);
                }
            }
        }

        AccessCopy refused = Assert.Single(Make(_directory.Write("sold.iso", image), Quick));
        Assert.Equal((AccessState.Refused, true), (refused.State, refused.NeedsPerson));
        Assert.Contains("AACS", refused.Detail, StringComparison.Ordinal);

        Directory.CreateDirectory(_directory["empty/BDMV"]);
        _directory.Write("empty/BDMV/index.bdmv", PlaylistBytes.Index());
        AccessCopy skipped = Assert.Single(Make(DiscImages.OfDirectory(_directory["empty"]), Quick));
        Assert.Equal((AccessState.Skipped, "it is a Blu-ray Disc without a playlist that plays anything"), (skipped.State, skipped.Detail));
    }

    [Fact]
    public void A_clip_that_the_disc_has_not_is_told_and_the_others_are_copied()
    {
        ForeignProgram.Shell(_directory.Path, $"cp -r '{_disc.Folder}' torn && rm torn/BDMV/STREAM/00001.m2ts torn/BDMV/PLAYLIST/0000[235].mpls && genisoimage -quiet -udf -V TORN -o torn.iso torn");
        AccessCopy copy = Assert.Single(Make(_directory["torn.iso"], Quick));

        Assert.Equal((AccessState.Made, true), (copy.State, copy.NeedsPerson));
        Assert.Contains("the disc lacks clips that it plays: 00001", copy.Warnings);
        Assert.True(FilmJudge.Likeness(_directory, copy.Copy!, [_disc.Clip(2)]) is { Length: 100 } likeness && likeness.Min() >= FilmJudge.LeastLikeness);
    }

    public void Dispose() => _directory.Dispose();

    private AccessCopy[] Make(string image, AccessSettings settings)
    {
        FfmpegPrograms programs = FfmpegPrograms.Find(Environment.GetEnvironmentVariable("PATH"), settings.Profile);
        return [.. new AccessMaker(programs, TimeProvider.System).Make(new() { Paths = [image], Target = _directory.Path, Settings = settings }, new Quiet(), default)];
    }

    /// <summary>The pictures of a playlist as libbluray plays it.</summary>
    private string[] Played(int playlist)
    {
        ForeignProgram.Run("bd_splice", "-p", playlist.ToString(CultureInfo.InvariantCulture), _disc.Folder, _directory["played.m2ts"]);
        return Pictures("-i", _directory["played.m2ts"]);
    }

    private static string[] Pictures(params string[] source) =>
        [.. ForeignProgram.Run("ffmpeg", ["-v", "error", .. source, "-map", "0:v:0", "-fps_mode", "passthrough", "-f", "framemd5", "-"]).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')[^1].Trim())];

    private sealed class Quiet : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
