// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>
/// A Blu-ray Disc of clips that ffmpeg drew, with tables laid out by hand: H.264 with pictures that are made of later ones, two sound tracks, in one clip subtitles; clips whose clocks
/// begin at other times. Sound: a tone of 0.4 s every two seconds.
/// </summary>
public sealed class BlurayWithFilms : IDisposable
{
    private const uint Second = 45_000;

    // The tones are those of the films of DvdWithFilms.
    private const string Script = """
        tone() { echo "aevalsrc=exprs='if(between(mod(t\,2)\,$2\,$2+0.4)\,0.5*sin(2*PI*$1*t)\,0)':s=48000"; }
        film() {
          ffmpeg -v error -y -f lavfi -i "$2=size=320x240:rate=25" -f lavfi -i "$(tone $4 0.5)" -f lavfi -i "$(tone $5 1.2)" $7 -map 0:v -map 1:a -map 2:a $8 -t $3 \
            -c:v libx264 -preset veryfast -crf 12 -g 25 -bf 2 -pix_fmt yuv420p -c:a ac3 -b:a 128k -c:s copy -f mpegts -mpegts_m2ts_mode 1 -output_ts_offset $6 disc/BDMV/STREAM/$1.m2ts
        }
        mkdir -p disc/BDMV/STREAM disc/BDMV/PLAYLIST disc/BDMV/CLIPINF
        film 00001 testsrc2 6 440 880 600 "-itsoffset 1 -i subtitles.sup" "-map 3:s"
        film 00002 testsrc 4 300 600 20
        """;

    private readonly TempDirectory _directory = new();

    /// <summary>Its files.</summary>
    public string Folder => _directory["disc"];

    /// <summary>Its image.</summary>
    public string Image => _directory["disc.iso"];

    /// <summary>A clip.</summary>
    public string Clip(int number) => _directory[$"disc/BDMV/STREAM/{number:D5}.m2ts"];

    /// <summary>Makes it; where a program is missing, the test is skipped.</summary>
    public void Make()
    {
        ForeignProgram.PathOf("ffmpeg");
        if (File.Exists(Image))
        {
            return;
        }

        File.WriteAllBytes(_directory["subtitles.sup"], [.. Caption(1, isShown: true), .. Caption(2, isShown: false)]);
        ForeignProgram.Shell(_directory.Path, Script);
        (uint from1, uint until1) = Tell(1);
        (uint from2, uint until2) = Tell(2);
        _directory.Write("disc/BDMV/index.bdmv", PlaylistBytes.Index());
        _directory.Write("disc/BDMV/MovieObject.bdmv", [.. "MOBJ0200"u8, .. new byte[40], 0, 0, 0, 6, .. new byte[6]]);
        Playlist(1, [(0, from1), (0, from1 + (3 * Second)), (1, from2)], (1, from1, until1), (2, from2, until2));
        Playlist(2, [(0, from1 + (2 * Second))], (1, from1 + (2 * Second), from1 + (4 * Second))); // from a picture that stands by itself
        Playlist(3, [(0, from2 + (3 * Second / 2))], (2, from2 + (3 * Second / 2), from2 + (3 * Second))); // from one that does not
        Playlist(4, [(0, from1)], (1, from1, until1), (2, from2, until2)); // the first one again
        Playlist(5, [(0, from1)], [.. Enumerable.Repeat((1, from1, from1 + Second), 9)]); // a menu that waits
        ForeignProgram.Shell(_directory.Path, $"genisoimage -quiet -udf -allow-limited-size -V BIRTHDAY -o disc.iso disc");
    }

    public void Dispose() => _directory.Dispose();

    private void Playlist(int number, (int, uint)[] marks, params (int, uint, uint)[] pieces) => _directory.Write($"disc/BDMV/PLAYLIST/{number:D5}.mpls", PlaylistBytes.Playlist(marks, pieces));

    /// <summary>Writes the table of a clip, by what ffprobe says of its pictures.</summary>
    /// <returns>When they begin and end, by the clip's clock.</returns>
    private (uint From, uint Until) Tell(int clip)
    {
        string said = ForeignProgram.Run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts,pos,flags", "-of", "csv=p=0", Clip(clip));
        (uint Time, uint Packet, bool StandsAlone)[] pictures =
        [
            .. said.Split('\n').Select(line => line.Split(',')).Where(words => words.Length >= 3)
                .Select(words => (uint.Parse(words[0], CultureInfo.InvariantCulture) / 2, uint.Parse(words[1], CultureInfo.InvariantCulture) / 192, words[2].StartsWith('K'))),
        ];
        _directory.Write($"disc/BDMV/CLIPINF/{clip:D5}.clpi", PlaylistBytes.Clip(new FileInfo(Clip(clip)).Length / 192, [.. pictures.Where(picture => picture.StandsAlone).Select(picture => (picture.Packet, picture.Time))]));
        return (pictures.Min(picture => picture.Time), pictures.Max(picture => picture.Time) + (Second / 25));
    }

    /// <summary>A white bar that is shown, or nothing in its place (BD-ROM, graphics: a composition, a window, a palette, a picture, an end).</summary>
    private static byte[] Caption(uint second, bool isShown)
    {
        byte[] line = [0, 0xC0, 100, 1, 0, 0]; // 100 dots of the first colour, and its end
        byte[] picture = [.. Enumerable.Repeat(line, 20).SelectMany(bytes => bytes)];
        return
        [
            .. Segment(0x16, [.. Word(320), .. Word(240), 0x10, .. Word(isShown ? 0 : 1), 0x80, 0, 0, .. isShown ? (byte[])[1, .. Word(0), 0, 0, .. Word(40), .. Word(180)] : [0]]),
            .. Segment(0x17, [1, 0, .. Word(40), .. Word(180), .. Word(100), .. Word(20)]),
            .. isShown ? (byte[])[.. Segment(0x14, [0, 0, 1, 235, 128, 128, 255]), .. Segment(0x15, [.. Word(0), 0, 0xC0, 0, .. Word(picture.Length + 4), .. Word(100), .. Word(20), .. picture])] : [],
            .. Segment(0x80, []),
        ];

        byte[] Segment(byte kind, byte[] content)
        {
            byte[] header = [.. "PG"u8, .. new byte[8], kind, .. Word(content.Length)];
            BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(2), 2 * Second * second);
            return [.. header, .. content];
        }

        static byte[] Word(int value) => [(byte)(value >> 8), (byte)(value & 255)];
    }
}
