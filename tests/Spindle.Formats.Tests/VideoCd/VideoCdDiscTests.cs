// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Spindle.Formats.Images;
using Spindle.Formats.VideoCd;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.VideoCd;

/// <summary>The tables in samples/ were made with vcdimager of films that ffmpeg drew.</summary>
public sealed partial class VideoCdDiscTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public VideoCdDiscTests()
    {
        Write("VCD/INFO.VCD", Sample("INFO.VCD"));
        Write("VCD/ENTRIES.VCD", Sample("ENTRIES.VCD"));
        Write("MPEGAV/AVSEQ01.DAT", new byte[223 * 2048]);
        Write("MPEGAV/AVSEQ02.DAT", new byte[298 * 2048]);
        Write("MPEGAV/README.TXT", new byte[1]);
    }

    [Fact]
    public void Films_are_told_with_their_lengths_and_standards()
    {
        VideoCdDisc disc = Read()!;

        Assert.Equal((false, "2.0", "HOLIDAY", 1, 1), (disc.IsSuper, disc.StandardVersion, disc.AlbumName, disc.VolumeCount, disc.VolumeNumber));
        Assert.Equal([(1, "PAL", 223L, 2.973, 1), (2, "NTSC", 298L, 3.973, 1)], disc.Tracks.Select(track => (track.Number, track.Standard, track.Sectors, Math.Round(track.Duration!.Value.TotalSeconds, 3), track.Entries)));
    }

    [Fact]
    public void Super_Video_CDs_do_not_say_how_long_their_films_are()
    {
        Directory.Delete(_directory["disc"], recursive: true);
        Write("SVCD/INFO.SVD", Sample("INFO.SVD"));
        Write("SVCD/ENTRIES.SVD", Sample("ENTRIES.SVD"));
        Write("MPEG2/AVSEQ01.MPG", new byte[108 * 2048]);

        VideoCdDisc disc = Read()!;
        Assert.Equal((true, "1.0", "SUPER"), (disc.IsSuper, disc.StandardVersion, disc.AlbumName));
        Assert.Equal([new(1, "PAL", 108, null, 1)], disc.Tracks);
    }

    /// <summary>A whole disc of another program, in sectors of 2352 bytes; another of its programs is the judge.</summary>
    [Theory]
    [InlineData("vcd2", "ntsc-vcd", false, "NTSC")]
    [InlineData("vcd2", "pal-vcd", false, "PAL")]
    [InlineData("vcd11", "pal-vcd", false, null)] // which has no place for it
    [InlineData("svcd", "ntsc-svcd", true, "NTSC")]
    public void Vcd_info_agrees(string type, string target, bool isSuper, string? standard)
    {
        ForeignProgram.PathOf("vcdimager");
        ForeignProgram.PathOf("ffmpeg");
        ForeignProgram.Shell(_directory.Path, $"""
            for i in 1 2; do ffmpeg -v error -f lavfi -i testsrc=d=$((i + 1)) -f lavfi -i sine=d=$((i + 1)) -target {target} $i.mpg; done
            vcdimager -q -t {type} --info-album-id=BOTH -b disc.bin -c disc.cue 1.mpg 2.mpg >&2
            """);
        string said = ForeignProgram.RunIn(_directory.Path, "vcd-info", "-q", "-I", "-F", "-i", "disc.bin");

        using ISectorReader disc = RawImage.Unwrap(ImageFile.Open(_directory["disc.bin"]));
        VideoCdDisc read = VideoCdDisc.Read(Volume.Open(disc)!)!;

        Assert.Equal((isSuper, "BOTH"), (read.IsSuper, read.AlbumName));
        Assert.Equal(
            VcdInfoFilm().Matches(said).Select(film => (int.Parse(film.Groups[2].ValueSpan, CultureInfo.InvariantCulture), long.Parse(film.Groups[1].ValueSpan, CultureInfo.InvariantCulture))),
            read.Tracks.Select(track => (track.Number, track.Sectors * 2048)));
        Assert.Equal(2, read.Tracks.Count);
        Assert.All(read.Tracks, track => Assert.Equal(standard, track.Standard));
    }

    [Fact]
    public void What_begins_otherwise_is_none()
    {
        Write("VCD/INFO.VCD", new byte[2048]);
        Assert.Null(Read());
        Directory.Delete(_directory["disc/VCD"], recursive: true);
        Assert.Null(Read());
    }

    [Fact]
    public void Without_its_entries_its_films_are_still_there()
    {
        Write("VCD/ENTRIES.VCD", new byte[2048]);
        Assert.Equal([0, 0], Read()!.Tracks.Select(track => track.Entries));
    }

    [Fact]
    public void Tables_that_lie_are_survived() => LyingTables.Survive(DiscImages.OfDirectory(_directory["disc"]), ["VIDEO_CD", "ENTRYVCD"], 100, volume =>
    {
        VideoCdDisc? disc = VideoCdDisc.Read(volume);
        Assert.True(disc is null || (disc.Tracks.Count == 2 && disc.Tracks.All(track => track.Entries is >= 0 and <= 500) && disc.AlbumName?.Length is null or <= 16));
    });

    public void Dispose() => _directory.Dispose();

    private static byte[] Sample(string name, [CallerFilePath] string here = "") => File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "samples", name));

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory[$"disc/{name}"])!);
        _directory.Write($"disc/{name}", content);
    }

    private VideoCdDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return VideoCdDisc.Read(Volume.Open(file)!);
    }

    [GeneratedRegex(@"\(\s*(\d+)\)\s+AVSEQ(\d\d)\.")]
    private static partial Regex VcdInfoFilm();
}
