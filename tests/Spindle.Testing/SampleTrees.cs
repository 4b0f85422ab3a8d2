// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Mastering;

namespace Spindle.Testing;

/// <summary>Trees with what makes file systems, and readers of them, stumble.</summary>
public static class SampleTrees
{
    /// <summary>Plain names, several levels, empty things, duplicates and hard links, and a tail.</summary>
    public static MasteredDisc Plain(LayoutOptions? options = null)
    {
        MasteredDisc disc = New(options);
        int data = disc.Directory(0, "DATA");
        int archive = disc.Directory(0, "ARCHIVE");
        disc.Tree.AddFile(0, "README.TXT"u8, MasteredDisc.Plain, disc.TailContent("read me\n"u8.ToArray()));
        disc.Tree.AddFile(archive, "files.tsv"u8, MasteredDisc.Plain, disc.TailContent(SimulatedDisc.Pattern(5000, 9)));
        disc.Tree.AddFile(archive, "nothing.tsv"u8, MasteredDisc.Plain, disc.TailContent([]));
        int photos = disc.Directory(data, "photos");
        disc.Directory(data, "empty directory");
        int sea = disc.File(photos, "sea.jpg", SimulatedDisc.Pattern(70_000));
        disc.File(photos, "Größe – 日本.txt", SimulatedDisc.Pattern(2048, 3));
        disc.File(data, "empty", []);
        disc.File(data, "empty too", []);
        disc.File(data, "one sector", SimulatedDisc.Pattern(2048, 4));
        disc.File(data, "program", SimulatedDisc.Pattern(2049, 5));
        disc.Tree.AddFile(data, "copy of sea.jpg"u8, MasteredDisc.Plain with { Uid = 5, ModifiedNanoseconds = 1 }, disc.Tree.ContentOf(sea));
        disc.Tree.AddHardLink(data, "also the sea.jpg"u8, sea);
        disc.Tree.AddHardLink(photos, "another sea.jpg"u8, sea);
        disc.Tree.AddFile(data, "setuid"u8, MasteredDisc.Plain with { Mode = 0xFFF }, disc.Content([1, 2, 3]));
        int many = disc.Directory(data, "many");
        for (int file = 0; file < 300; file++)
        {
            disc.File(many, $"file number {file:D3} of three hundred files.dat", SimulatedDisc.Pattern(file * 7, file));
        }

        return disc;
    }

    /// <summary>Plain, with symbolic links.</summary>
    public static MasteredDisc Links(LayoutOptions? options = null, bool withLong = true)
    {
        MasteredDisc disc = Plain(options);
        int links = disc.Directory(0, "links");
        disc.Symlink(links, "to file", "../DATA/photos/sea.jpg");
        disc.Symlink(links, "absolute", "/etc/hostname");
        disc.Symlink(links, "to here", ".");
        disc.Symlink(links, "long", string.Join('/', Enumerable.Repeat("component-of-some-length", 20)));
        if (!withLong)
        {
            return disc;
        }

        disc.Symlink(links, "very long", string.Join('/', Enumerable.Repeat("x", 1500)));
        disc.Symlink(links, "one long name", new string('y', 254) + "/z");
        disc.Symlink(links, new string('n', 255), string.Join('/', Enumerable.Repeat(new string('m', 200), 20)));
        return disc;
    }

    /// <summary>Names that the file systems can't hold as they are.</summary>
    public static MasteredDisc Hostile(LayoutOptions? options = null, bool withInvalid = true)
    {
        MasteredDisc disc = New(options);
        int data = disc.Directory(0, "DATA");
        disc.Directory(0, "rr_moved.");
        string[] names =
        [
            "A", "a", "A.", "a.", "a.txt", "A.TXT", "A.txt", "a.TXT", "b.", "..b", ".hidden", "...", " ", "  x  ", "x.", "-rf", "*", "?", "a:b", "a;1", "README.TXT;1",
            "back\\slash", "\"quoted\"", "new\nline", "tab\t", "\u0001control", "é", "e\u0301", "ü.txt", "日本", "本日", "😀", "😀😀", "smile 😀.txt", "\uFEFFbom", "<>|",
            new string('x', 255), new string('x', 254) + "y", new string('x', 250) + ".html", new string('é', 127), new string('日', 85), new string('日', 84) + ".x",
            "–" + new string('q', 250), "–" + new string('q', 249) + "r", new string('z', 64), new string('z', 65), new string('z', 66), "CON", "a_1.txt", "A_1.TXT", "%FF", "a%FFb",
            "name.with.many.dots.tar.gz", "ﬀ", "İ", "ı", "ß",
        ];
        foreach (string name in names)
        {
            disc.File(data, name, Encoding.UTF8.GetBytes(name));
        }

        if (withInvalid)
        {
            disc.File(data, [0xFF], [1]);
            disc.File(data, [(byte)'a', 0xFF, (byte)'b'], [2]);
            disc.File(data, [0xC3], [3]);
            disc.File(data, [0xED, 0xA0, 0x80], [4]);
            disc.File(data, [.. Enumerable.Repeat((byte)0xFE, 255)], [5]);
        }

        foreach (string name in (string[])["日本語", "日本人", "Ä", "ä"])
        {
            int directory = disc.Directory(disc.Directory(0, name), name);
            disc.File(directory, name, Encoding.UTF8.GetBytes(name));
        }

        return disc;
    }

    /// <summary>Directories far below what ISO 9660 allows.</summary>
    public static MasteredDisc Deep(LayoutOptions? options = null, int levels = 30)
    {
        MasteredDisc disc = New(options);
        int at = 0;
        for (int level = 1; level <= levels; level++)
        {
            int sibling = disc.Directory(at, $"sibling {level}");
            disc.File(sibling, "file", [(byte)level]);
            at = disc.Directory(at, $"level {level}");
            disc.File(at, "file.txt", [(byte)level, 1]);
        }

        for (int index = 0; index < 60; index++)
        {
            int directory = disc.Directory(at, $"last {index}");
            disc.File(directory, "file.txt", [(byte)index, 2]);
        }

        return disc;
    }

    /// <summary>Whatever comes.</summary>
    public static MasteredDisc Random(int seed)
    {
        Random random = new(seed);
        MasteredDisc disc = New(new() { UdfSymlinks = random.Next(3) == 0, Revision = random.Next(4) switch { 0 => UdfRevision.Udf102, 1 => UdfRevision.Udf250, _ => UdfRevision.Udf201 }, VolumeIdentifier = "Random" });
        List<int> directories = [0];
        List<int> files = [];
        HashSet<(int, string)> taken = [];
        int count = random.Next(1, 200);
        for (int index = 0; index < count; index++)
        {
            int parent = random.Next(3) == 0 ? directories[^1] : directories[random.Next(directories.Count)];
            byte[] name = Name(random);
            if (!taken.Add((parent, Convert.ToHexString(name))))
            {
                continue;
            }

            NodeAttributes attributes = new(random.Next(0x1000), (uint)random.Next(), (uint)random.Next(), random.NextInt64(0, 4_000_000_000_000_000_000) / 1000 * 1000);
            switch (random.Next(10))
            {
                case < 4:
                    directories.Add(disc.Tree.AddDirectory(parent, name, attributes));
                    break;
                case 4:
                    disc.Tree.AddSymlink(parent, name, attributes, Encoding.UTF8.GetBytes(string.Join('/', Enumerable.Range(0, random.Next(1, 40)).Select(_ => new string('t', random.Next(1, 90))))));
                    break;
                case 5 when files.Count > 0:
                    disc.Tree.AddHardLink(parent, name, files[random.Next(files.Count)]);
                    break;
                case 6 when files.Count > 0:
                    files.Add(disc.Tree.AddFile(parent, name, attributes, disc.Tree.ContentOf(files[random.Next(files.Count)])));
                    break;
                case 7 when random.Next(3) == 0:
                    files.Add(disc.Tree.AddFile(parent, name, attributes, disc.TailContent(SimulatedDisc.Pattern(random.Next(9000), index))));
                    break;
                default:
                    files.Add(disc.Tree.AddFile(parent, name, attributes, disc.Content(SimulatedDisc.Pattern(random.Next(4) * random.Next(3000), index))));
                    break;
            }
        }

        return disc;
    }

    public static MasteredDisc New(LayoutOptions? options) => options is null
        ? new()
        : new()
        {
            Options = options with
            {
                VolumeIdentifier = "Family archive 2026",
                VolumeSetIdentifier = "Family archive",
                ApplicationIdentifier = "Spindle",
                Recorded = new(2026, 11, 22, 15, 4, 5, TimeSpan.Zero),
            },
        };

    private static byte[] Name(Random random)
    {
        int length = random.Next(4) == 0 ? random.Next(1, 256) : random.Next(1, 12);
        string alphabet = random.Next(4) switch { 0 => "ABC123.", 1 => "abcABC. _", 2 => "aé日ü–x.", _ => "abcdefghijklmnopqrstuvwxyz.é" };
        byte[] name = new byte[length];
        if (random.Next(12) == 0)
        {
            random.NextBytes(name);
            for (int index = 0; index < length; index++)
            {
                name[index] = name[index] is 0 or (byte)'/' ? (byte)'x' : name[index];
            }
        }
        else
        {
            name = Encoding.UTF8.GetBytes(new string([.. Enumerable.Range(0, Math.Max(1, length / 3)).Select(_ => alphabet[random.Next(alphabet.Length)])]));
        }

        return name is [(byte)'.'] or [(byte)'.', (byte)'.'] ? [(byte)'d'] : name;
    }
}
