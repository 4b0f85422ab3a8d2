// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using Spindle.Formats.Bluray;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Bluray;

/// <summary>Tables laid out by hand (<see cref="PlaylistBytes"/>), with libbluray as the judge of whether they are what players know.</summary>
public sealed partial class BlurayDiscTests : IDisposable
{
    private const uint Second = 45_000;

    private readonly TempDirectory _directory = new();

    public BlurayDiscTests()
    {
        Write("index.bdmv", PlaylistBytes.Index());
        Write("MovieObject.bdmv", [.. "MOBJ0200"u8, .. new byte[40], 0, 0, 0, 6, .. new byte[6]]);
        Write("PLAYLIST/00001.mpls", PlaylistBytes.Playlist([(0, 10 * Second), (1, 5 * Second)], (7, 10 * Second, 100 * Second), (8, 0, 30 * Second)));
        Write("PLAYLIST/00800.mpls", PlaylistBytes.Playlist([(0, 0)], (7, 0, 61 * Second)));
        Write("STREAM/00007.m2ts", Clip(isProtected: false));
    }

    [Fact]
    public void Playlists_tell_how_long_they_play_and_what_can_be_chosen()
    {
        BlurayDisc disc = Read()!;

        Assert.Equal(("0200", 2, false, false, false, 0), (disc.Version, disc.Titles, disc.HasKeys, disc.IsEncrypted, disc.IsFromBackup, disc.PlaylistsNotRead));
        Assert.Equal(
            [("00001", 120.0, 2, 2, 1, true), ("00800", 61.0, 1, 1, 1, true)],
            disc.Playlists.Select(list => (list.Name, list.Duration.TotalSeconds, list.ClipCount, list.Chapters.Count, list.Angles, list.IsWhole)));
        Assert.Equal([0.0, 95.0], disc.Playlists[0].Chapters.Select(chapter => chapter.TotalSeconds));
        Assert.Equal([new(7, 10 * Second, 100 * Second, 1), new(8, 0, 30 * Second, 1)], disc.Playlists[0].Items);
        Assert.Equal(
            [
                new(BlurayStreamKind.Video, "AVC", null, "1080p", "23.976", 0x1011),
                new(BlurayStreamKind.Sound, "DTS-HD MA", "eng", "multi-channel", "48000", 0x1100),
                new(BlurayStreamKind.Sound, "LPCM", "deu", "stereo", "48000", 0x1101),
                new(BlurayStreamKind.Subtitles, "PGS", "fra", null, null, 0x1200),
            ],
            disc.Playlists[0].Streams);
    }

    [Fact]
    public void Libbluray_agrees()
    {
        string said = ForeignProgram.Run("bd_list_titles", "-a", "-l", _directory["disc"]);

        Assert.Equal(
            BluraySays().Matches(said).Select(title => (title.Groups[4].Value, title.Groups[1].Value, title.Groups[2].Value, title.Groups[3].Value)).Order(),
            Read()!.Playlists.Select(list => (list.Name, list.Duration.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture), $"{list.Chapters.Count}", $"{list.Items.Count}")).Order());
        Assert.Contains("eng deu", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_playlist_has_its_backup_and_without_it_it_is_counted()
    {
        Write("BACKUP/PLAYLIST/00800.mpls", File.ReadAllBytes(_directory["disc/BDMV/PLAYLIST/00800.mpls"]));
        Write("PLAYLIST/00800.mpls", new byte[200]);
        Assert.Equal((2, 0, true), Counts(Read()!));

        Write("BACKUP/PLAYLIST/00800.mpls", []);
        Assert.Equal((1, 1, false), Counts(Read()!));

        Write("index.bdmv", []);
        Assert.Equal((null, null), (Read()!.Version, Read()!.Titles));
        Write("BACKUP/index.bdmv", PlaylistBytes.Index("0300"));
        Assert.Equal(("0300", true), (Read()!.Version, Read()!.IsFromBackup));

        static (int, int, bool) Counts(BlurayDisc disc) => (disc.Playlists.Count, disc.PlaylistsNotRead, disc.IsFromBackup);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)] // decrypted by a program that left the flags
    [InlineData(false, false, false)]
    public void Encrypted_clips_say_so_in_their_packets(bool isProtected, bool isScrambled, bool expected)
    {
        Write("STREAM/00007.m2ts", Clip(isProtected, isScrambled));
        Write("../AACS/Unit_Key_RO.inf", [0]);

        Assert.Equal((true, expected), (Read()!.HasKeys, Read()!.IsEncrypted));
    }

    [Fact]
    public void Without_clips_nobody_knows_whether_they_are_encrypted()
    {
        Directory.Delete(_directory["disc/BDMV/STREAM"], recursive: true);
        Assert.Null(Read()!.IsEncrypted);
    }

    [Fact]
    public void A_playlist_that_says_more_than_it_has_is_not_whole()
    {
        byte[] good = File.ReadAllBytes(_directory["disc/BDMV/PLAYLIST/00001.mpls"]);
        (int Place, byte Value, int Items)[] lies =
        [
            (58 + 6, 0xFF, 2), // pieces: 65282
            (58 + 10 + 2 + 17, 0, 2), // the first one ends before it begins
            (58 + 10, 0xFF, 0), // the first one is longer than the file
            (58 + 10 + 2, (byte)'x', 0), // a clip without a number
            (12, 0xFF, 2), // the marks lie outside
        ];
        foreach ((int place, byte value, int items) in lies)
        {
            byte[] changed = [.. good];
            changed[place] = value;
            Write("PLAYLIST/00001.mpls", changed);

            BlurayPlaylist list = Read()!.Playlists[0];
            Assert.Equal((false, items), (list.IsWhole, list.Items.Count));
        }
    }

    [Fact]
    public void A_playlist_that_plays_one_clip_again_and_again_has_one_clip()
    {
        Write("PLAYLIST/00001.mpls", PlaylistBytes.Playlist([], [.. Enumerable.Repeat((7, 0u, uint.MaxValue), 1200)]));

        BlurayPlaylist list = Read()!.Playlists[0];
        Assert.Equal((999, 1, false), (list.Items.Count, list.ClipCount, list.IsWhole));
        Assert.Equal(999 * (uint.MaxValue / 45_000.0), list.Duration.TotalSeconds, 0.01);
    }

    [Fact]
    public void Of_playlists_without_end_some_are_read_and_the_others_counted()
    {
        byte[] large = PlaylistBytes.Playlist([], [.. Enumerable.Repeat((7, 0u, Second), 8000)]);
        Assert.InRange(large.Length, 900_000, 1 << 20);
        for (int number = 1; number <= 25; number++)
        {
            Write($"PLAYLIST/{number:D5}.mpls", large);
        }

        Write("PLAYLIST/00099.mpls", new byte[(1 << 20) + 1]); // longer than any
        BlurayDisc disc = Read()!;
        Assert.InRange(disc.Playlists.Count, 10, 24);
        Assert.Equal(27, disc.Playlists.Count + disc.PlaylistsNotRead);
    }

    [Fact]
    public void A_disc_of_other_files_is_none()
    {
        Directory.Delete(_directory["disc/BDMV"], recursive: true);
        Directory.CreateDirectory(_directory["disc/BDMV/STREAM"]);
        Assert.Null(Read());
    }

    [Fact]
    public void Tables_that_lie_are_survived() => LyingTables.Survive(
        DiscImages.OfDirectory(_directory["disc"]),
        ["MPLS0200", "INDX0200"],
        700,
        volume =>
        {
            BlurayDisc? disc = BlurayDisc.Read(volume);
            Assert.True(disc is null || disc.Playlists.Count <= 2);
            Assert.All(disc?.Playlists ?? [], list => Assert.True(list.Items.Count <= 999 && list.Chapters.Count <= 999 && list.Streams.Count <= 96 && list.Duration >= TimeSpan.Zero && list.Angles is >= 1 and <= 255));
        });

    public void Dispose() => _directory.Dispose();

    private static byte[] Clip(bool isProtected, bool isScrambled = false)
    {
        byte[] clip = new byte[40 * 6144];
        Random random = new(1);
        random.NextBytes(clip);
        for (int packet = 0; packet < clip.Length / 192; packet++)
        {
            bool isFirst = packet % 32 == 0;
            clip[packet * 192] = (byte)((clip[packet * 192] & 0x3F) | (isProtected ? 0xC0 : 0));
            clip[(packet * 192) + 4] = isFirst || !isScrambled ? (byte)0x47 : clip[(packet * 192) + 4];
        }

        return clip;
    }

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory[$"disc/BDMV/{name}"])!);
        _directory.Write($"disc/BDMV/{name}", content);
    }

    private BlurayDisc? Read()
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        return BlurayDisc.Read(Volume.Open(file)!);
    }

    [GeneratedRegex(@"duration: (\S+) chapters:\s+(\d+) angles:\s+\d+ clips:\s+(\d+) \(playlist: (\d+)\.mpls\)")]
    private static partial Regex BluraySays();
}
