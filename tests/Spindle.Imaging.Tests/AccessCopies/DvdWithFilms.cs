// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>
/// A DVD-Video made with dvdauthor of films that ffmpeg drew: 16:9, two sound tracks, subtitles, chapters, a menu; one title set with two
/// titles, of which the second one has three video objects, and one title set with one title. Sound: a tone of 0.4 s every two seconds.
/// </summary>
public sealed class DvdWithFilms : IDisposable
{
    // The films of the first title set, and their lengths in seconds; of the second one d.mpg.
    public static readonly IReadOnlyList<(string Name, int Seconds)> FirstSet = [("a.mpg", 4), ("b.mpg", 6), ("c.mpg", 4), ("e.mpg", 4)];

    public const int SecondsOfSecondSet = 8;

    private const string Script = """
        tone() { echo "aevalsrc=exprs='if(between(mod(t\,2)\,$2\,$2+0.4)\,0.5*sin(2*PI*$1*t)\,0)':s=48000"; }
        film() {
          ffmpeg -v error -y -f lavfi -i "$2=size=352x288:rate=25" -f lavfi -i "$(tone $4 0.5)" -f lavfi -i "$(tone $5 1.2)" -map 0:v -map 1:a -map 2:a -t $3 \
            -target pal-dvd -s 352x288 -aspect 16:9 -c:a ac3 -b:a 128k $1
        }
        film plain.mpg testsrc 4 440 880; film b.mpg testsrc2 6 300 600; film c.mpg smptebars 4 500 700; film e.mpg testsrc 4 550 750; film d.mpg testsrc2 8 1000 1200
        ffmpeg -v error -y -f lavfi -i color=black:s=200x40 -vf drawbox=x=20:y=8:w=160:h=24:color=white:t=fill -frames:v 1 sub.png
        echo '<subpictures format="PAL"><stream><spu start="00:00:01.00" end="00:00:02.00" image="sub.png" transparent="000000" xoffset="100" yoffset="480"/></stream></subpictures>' > sub.xml
        spumux -s0 sub.xml < plain.mpg > a.mpg 2>spumux.log
        cat > dvd.xml <<'XML'
        <dvdauthor>
         <vmgm><menus><video format="pal"/><pgc><vob file="c.mpg"/></pgc></menus></vmgm>
         <titleset><titles><video format="pal" aspect="16:9" widescreen="nopanscan"/><audio lang="de"/><audio lang="en" content="comments1"/><subpicture lang="fr"/>
          <pgc><vob file="a.mpg" chapters="0,2"/></pgc>
          <pgc><vob file="b.mpg" chapters="0,3"/><vob file="c.mpg" chapters="0"/><vob file="e.mpg"/></pgc>
         </titles></titleset>
         <titleset><titles><video format="pal" aspect="16:9" widescreen="nopanscan"/><audio lang="ja"/><audio lang="en"/>
          <pgc><vob file="d.mpg" chapters="0,2,5"/></pgc>
         </titles></titleset>
        </dvdauthor>
        XML
        VIDEO_FORMAT=PAL dvdauthor -o dvd -x dvd.xml >dvdauthor.log 2>&1
        genisoimage -quiet -dvd-video -V HOLIDAYS -o dvd.iso dvd
        """;

    private readonly TempDirectory _directory = new();

    /// <summary>Makes it; where a program is missing, the test is skipped.</summary>
    public void Make()
    {
        foreach (string program in (string[])["ffmpeg", "ffprobe", "dvdauthor", "spumux", "genisoimage", "lsdvd"])
        {
            ForeignProgram.PathOf(program);
        }

        if (!File.Exists(Image))
        {
            ForeignProgram.Shell(_directory.Path, Script);
        }
    }

    /// <summary>Its image.</summary>
    public string Image => _directory["dvd.iso"];

    /// <summary>A film that it was made of.</summary>
    public string Film(string name) => _directory[name];

    /// <summary>Its image under another name, changed.</summary>
    public string Changed(TempDirectory directory, string name, Action<byte[]> change)
    {
        byte[] image = File.ReadAllBytes(Image);
        change(image);
        return directory.Write(name, image);
    }

    /// <summary>Where a file of it lies in the image: its first sector, and how many.</summary>
    public (int First, int Count) PlaceOf(string path)
    {
        using ImageFile file = ImageFile.Open(Image);
        Formats.Trees.VolumeEntry entry = Volume.Open(file)!.Find(path)!;
        return ((int)entry.Extents[0].Lba, (int)(entry.Size / 2048));
    }

    public void Dispose() => _directory.Dispose();
}
