// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Bluray;
using Spindle.Formats.Films;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Bluray;

/// <summary>Films of clips whose packets are laid out by hand: a picture every 0.04 s, sound beside each.</summary>
public sealed class BlurayFilmTests : IDisposable
{
    private const uint Second = 45_000;
    private const int Frame = 3600; // of the finer clock

    private readonly TempDirectory _directory = new();

    public BlurayFilmTests()
    {
        Write("index.bdmv", PlaylistBytes.Index());
        Clip(1, 100, 10 * Second);
        Clip(2, 50, 700 * Second);
    }

    [Fact]
    public void Clips_follow_one_another_on_one_clock_and_their_packets_are_numbered_on()
    {
        Playlist(1, (1, 10 * Second, 14 * Second), (2, 700 * Second, 702 * Second));
        (BlurayFilm film, List<(int Pid, int Counter, long? Time, long? Clock)> packets, IFilmReader reader) = Read();

        Assert.Equal((150, 150), (film.Pieces.Sum(piece => (int)(piece.Item.Duration.TotalSeconds * 25)), packets.Count(packet => packet is { Pid: ClipPackets.Pictures, Time: not null })));
        Assert.Equal(Enumerable.Range(0, 150).Select(number => (long?)((20 * Second) + (number * Frame))), packets.Where(packet => packet.Pid == ClipPackets.Pictures && packet.Time is not null).Select(packet => packet.Time));
        Assert.All((int[])[ClipPackets.Pictures, ClipPackets.Sound], pid => Numbered(packets, pid));
        Assert.Equal(6, reader.Length.TotalSeconds, 0.001);
        Assert.Equal(film.Sectors, reader.Position);
        Assert.Equal([0, 0x1001, ClipPackets.Pictures, ClipPackets.Sound], packets.Select(packet => packet.Pid).Distinct().Order()); // no filling, and no menu
        Assert.Equal([ClipPackets.Pictures, ClipPackets.Sound], reader.Streams.Keys);
        Assert.All(packets.Where(packet => packet.Clock is not null).Zip(packets.Where(packet => packet.Clock is not null).Skip(1)), pair => Assert.True(pair.Second.Clock > pair.First.Clock));
        Assert.Empty(reader.Lost);
    }

    [Theory]
    [InlineData(true)] // by the clip's table
    [InlineData(false)] // by its packets alone
    public void A_part_of_a_clip_is_looked_for_where_its_table_says_and_by_its_times(bool hasTable)
    {
        if (!hasTable)
        {
            File.Delete(_directory["disc/BDMV/CLIPINF/00001.clpi"]);
        }

        Playlist(1, (1, 12 * Second, 13 * Second));
        (BlurayFilm film, List<(int Pid, int Counter, long? Time, long? Clock)> packets, IFilmReader reader) = Read();

        Assert.Equal(Enumerable.Range(50, 25).Select(number => (long?)((20 * Second) + (number * Frame))), packets.Where(packet => packet.Pid == ClipPackets.Pictures && packet.Time is not null).Select(packet => packet.Time));
        Assert.Equal(hasTable, film.Pieces[0].FirstSector > 0);
        Assert.Equal((1.0, film.Sectors), (reader.Length.TotalSeconds, reader.Position));
    }

    [Fact]
    public void A_part_that_begins_between_two_points_begins_at_the_first_of_them()
    {
        Playlist(1, (1, (12 * Second) + (Second / 2), 13 * Second));
        (BlurayFilm film, List<(int Pid, int Counter, long? Time, long? Clock)> packets, _) = Read();

        Assert.InRange(film.Pieces[0].Begin, (12 * Second) - 256, 12 * Second);
        Assert.Equal((20 * Second) + (50 * Frame), packets.First(packet => packet.Time is not null && packet.Pid == ClipPackets.Pictures).Time);
    }

    [Fact]
    public void A_time_that_begins_anew_within_the_clip_is_looked_for_on_the_right_clock()
    {
        byte[] first = File.ReadAllBytes(Path.Combine(_directory["disc/BDMV/STREAM"], "00001.m2ts"));
        Write("STREAM/00003.m2ts", [.. first, .. first]);
        uint packets = (uint)(first.Length / 192);
        Write("CLIPINF/00003.clpi", PlaylistBytes.Clip(2 * packets, [.. Points(100, 10 * Second, 0), .. Points(100, 10 * Second, packets)], 0, packets));
        byte[] list = PlaylistBytes.Playlist([], (3, 12 * Second, 13 * Second));
        list[58 + 10 + 2 + 11] = 1; // the second clock
        Write("PLAYLIST/00001.mpls", list);

        BlurayPiece piece = Read().Film.Pieces[0];
        Assert.Equal(1, piece.Item.Sequence);
        Assert.InRange(piece.FirstSector * 2048 / 192, packets + 290, packets + 302);
    }

    [Fact]
    public void What_can_not_be_read_is_left_out_told_and_played_on_behind_it()
    {
        Playlist(1, (1, 10 * Second, 14 * Second), (2, 700 * Second, 702 * Second));
        (_, List<(int Pid, int Counter, long? Time, long? Clock)> before, _) = Read();
        (_, List<(int Pid, int Counter, long? Time, long? Clock)> packets, IFilmReader reader) = Read((20, 3));

        LostFilm lost = Assert.Single(reader.Lost);
        Assert.Equal((20, 3), (lost.First, lost.Count));
        Assert.InRange(lost.Begin.TotalSeconds, 1.4, 2.0); // a second is 14 sectors
        Assert.InRange(before.Count - packets.Count, 20, 24); // of 32 packets, and those that lie in them in part, four of six are kept
        Assert.Equal(6, reader.Length.TotalSeconds, 0.001);
        Assert.Equal(before[^1].Time, packets[^1].Time);
    }

    [Fact]
    public void Playlists_that_play_nothing_of_their_own_are_left_out_unless_each_is_wanted()
    {
        Playlist(1, (1, 10 * Second, 14 * Second), (2, 700 * Second, 702 * Second));
        Playlist(2, (1, 10 * Second, 14 * Second), (2, 700 * Second, 702 * Second)); // the same
        Playlist(3, (1, 11 * Second, 12 * Second)); // a part
        Playlist(4, [.. Enumerable.Repeat((2, 700 * Second, 701 * Second), 9)]); // a menu
        Playlist(5, (9, 0u, Second)); // a clip that is not there
        Playlist(6, (2, 700 * Second, 700 * Second)); // nothing

        Assert.Equal(["00001"], Films(isEach: false).Select(film => film.Playlist.Name));
        Assert.Equal(["00001", "00003", "00004"], Films(isEach: true).Select(film => film.Playlist.Name));
    }

    [Fact]
    public void What_would_be_read_for_weeks_is_cut()
    {
        File.Delete(_directory["disc/BDMV/CLIPINF/00001.clpi"]);
        Playlist(1, [.. Enumerable.Repeat((1, 10 * Second, 14 * Second), 900)]);
        BlurayFilm film = Assert.Single(Films(isEach: true));

        Assert.True(film.IsCut);
        Assert.InRange(film.Pieces.Count, 16, 30);
    }

    [Fact]
    public void A_clip_whose_packets_are_encrypted_is_told()
    {
        byte[] clip = File.ReadAllBytes(_directory["disc/BDMV/STREAM/00001.m2ts"]);
        Random random = new(3);
        for (int unit = 4; unit < clip.Length / 6144; unit++)
        {
            clip[unit * 6144] |= 0xC0;
            random.NextBytes(clip.AsSpan((unit * 6144) + 16, 6144 - 16));
        }

        Write("STREAM/00001.m2ts", clip);
        Playlist(1, (1, 10 * Second, 14 * Second));
        Assert.True(Read().Reader.IsScrambled);
    }

    [Fact]
    public void Tables_and_clips_that_lie_are_survived()
    {
        Playlist(1, (1, 11 * Second, 13 * Second), (2, 700 * Second, 702 * Second));
        LyingTables.Survive(DiscImages.OfDirectory(_directory["disc"]), ["MPLS0200", "HDMV0200"], 400, volume =>
        {
            foreach (BlurayFilm film in BlurayDisc.Read(volume) is { } disc ? BlurayFilm.Of(volume, disc, isEach: true) : [])
            {
                using BlurayFilmReader reader = new(volume, film);
                byte[] piece = new byte[reader.LargestPiece];
                long given = 0;
                while (reader.Read(piece) is { } length)
                {
                    given += length;
                }

                Assert.True(reader.Position == film.Sectors && given % 188 == 0 && given <= film.Sectors * 2048 && reader.Length >= TimeSpan.Zero);
            }
        });
    }

    public void Dispose() => _directory.Dispose();

    private static void Numbered(List<(int Pid, int Counter, long? Time, long? Clock)> packets, int pid)
    {
        int[] counters = [.. packets.Where(packet => packet.Pid == pid).Select(packet => packet.Counter)];
        Assert.All(counters.Zip(counters.Skip(1)), pair => Assert.Equal((pair.First + 1) & 15, pair.Second));
    }

    /// <summary>A clip of pictures of two packets each, a table in front, sound, a menu and filling; a point to play from every second.</summary>
    private void Clip(int number, int pictures, uint begin)
    {
        List<byte> clip = [.. ClipPackets.Of(0, 7)];
        for (int picture = 0; picture < pictures; picture++)
        {
            long time = (2L * begin) + (picture * Frame);
            clip.AddRange(ClipPackets.Of(0x1001, 0, clock: time - 9000));
            clip.AddRange(ClipPackets.Of(ClipPackets.Pictures, 2 * picture, time, time));
            clip.AddRange(ClipPackets.Of(ClipPackets.Pictures, (2 * picture) + 1));
            clip.AddRange(ClipPackets.Of(ClipPackets.Sound, picture + 3, time));
            clip.AddRange(ClipPackets.Of(ClipPackets.Menu, picture, time));
            clip.AddRange(ClipPackets.Of(ClipPackets.Filling, 0));
        }

        Write($"STREAM/{number:D5}.m2ts", [.. clip, .. new byte[(6144 - (clip.Count % 6144)) % 6144]]);
        Write($"CLIPINF/{number:D5}.clpi", PlaylistBytes.Clip(clip.Count / 192, Points(pictures, begin, 0)));
    }

    private static (uint Packet, uint Time)[] Points(int pictures, uint begin, uint firstPacket) =>
        [.. Enumerable.Range(0, (pictures + 24) / 25).Select(second => (firstPacket + 2 + (uint)(second * 25 * 6), begin + ((uint)second * Second)))];

    private void Playlist(int number, params (int, uint, uint)[] pieces) => Write($"PLAYLIST/{number:D5}.mpls", PlaylistBytes.Playlist([(0, pieces[0].Item2)], pieces));

    private IReadOnlyList<BlurayFilm> Films(bool isEach)
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        Volume volume = Volume.Open(file)!;
        return BlurayFilm.Of(volume, BlurayDisc.Read(volume)!, isEach);
    }

    /// <summary>Reads the only film that there is.</summary>
    /// <param name="lost">Sectors of the first piece's clip that can't be read; null for none.</param>
    private (BlurayFilm Film, List<(int Pid, int Counter, long? Time, long? Clock)> Packets, IFilmReader Reader) Read((int First, int Count)? lost = null)
    {
        using ImageFile file = ImageFile.Open(DiscImages.OfDirectory(_directory["disc"]));
        SectorMap map = new(file.SectorCount, SectorState.Finished);
        if (lost is { } sectors)
        {
            map.Set(new(Assert.Single(Films(isEach: false)).Pieces[0].Clip.Extents[0].Lba + sectors.First, sectors.Count), SectorState.Bad);
        }

        using MappedSectors mapped = new(file, map);
        Volume volume = Volume.Open(mapped)!;
        BlurayFilm film = Assert.Single(BlurayFilm.Of(volume, BlurayDisc.Read(volume)!, isEach: false));
        using BlurayFilmReader reader = new(volume, film);
        List<(int, int, long?, long?)> packets = [];
        byte[] piece = new byte[reader.LargestPiece];
        while (reader.Read(piece) is { } length)
        {
            for (int at = 0; at < length; at += 188)
            {
                packets.Add(ClipPackets.Read(piece.AsSpan(at, 188)));
            }
        }

        return (film, packets, reader);
    }

    private void Write(string path, byte[] content)
    {
        string file = _directory[$"disc/BDMV/{path}"];
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
    }
}
