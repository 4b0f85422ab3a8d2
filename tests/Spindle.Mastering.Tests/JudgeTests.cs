// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Udf;
using Spindle.Testing;

namespace Spindle.Mastering.Tests;

/// <summary>What other programs say of our images.</summary>
public sealed class JudgeTests : IDisposable
{
    private const string StrictParse =
        """
        import sys, pycdlib
        iso = pycdlib.PyCdlib()
        iso.open(sys.argv[1])
        kinds = ['iso_path', 'joliet_path', 'rr_path', 'udf_path']
        for kind in kinds:
            count = 0
            for top, directories, files in iso.walk(**{kind: '/'}):
                count += len(directories) + len(files)
            print(kind, count)
        """;

    private readonly TempDirectory _temp = new();

    public static TheoryData<string, UdfRevision, bool> Samples
    {
        get
        {
            TheoryData<string, UdfRevision, bool> samples = [];
            foreach (string name in (string[])["plain", "links", "hostile", "deep"])
            {
                foreach (UdfRevision revision in Enum.GetValues<UdfRevision>())
                {
                    samples.Add(name, revision, false);
                }
            }

            samples.Add("links", UdfRevision.Udf201, true);
            samples.Add("links", UdfRevision.Udf102, true);
            return samples;
        }
    }

    // It knows no metadata partition, one continuation area for a record, and names in UTF-8; relocated directories take it for ever.
    [Theory]
    [InlineData("plain", UdfRevision.Udf201, false)]
    [InlineData("plain", UdfRevision.Udf102, false)]
    [InlineData("short links", UdfRevision.Udf201, false)]
    [InlineData("short links", UdfRevision.Udf201, true)]
    [InlineData("short links", UdfRevision.Udf102, true)]
    [InlineData("hostile", UdfRevision.Udf201, false)]
    [InlineData("hostile", UdfRevision.Udf102, false)]
    public void Pycdlib_accepts_every_byte(string name, UdfRevision revision, bool udfSymlinks)
    {
        MasteredDisc disc = Sample(name, revision, udfSymlinks, withInvalid: false);
        string image = disc.Write(_temp);
        Assert.SkipUnless(File.Exists("/usr/lib/python3/dist-packages/pycdlib/__init__.py"), "pycdlib is not installed");
        _temp.Write("parse.py", Encoding.UTF8.GetBytes(StrictParse));

        string printed = ForeignProgram.Run("/usr/bin/python3", _temp["parse.py"], image);

        int all = disc.Tree.Count - 1;
        int links = Enumerable.Range(0, disc.Tree.Count).Count(entry => disc.Tree.KindOf(entry) == NodeKind.Symlink);
        Assert.Contains($"joliet_path {all - links}\n", printed, StringComparison.Ordinal);
        Assert.Contains($"udf_path {(udfSymlinks ? all : all - links)}\n", printed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Udftools_find_nothing_wrong(string name, UdfRevision revision, bool udfSymlinks)
    {
        MasteredDisc disc = Sample(name, revision, udfSymlinks);
        string image = disc.Write(_temp);
        int directories = Enumerable.Range(0, disc.Tree.Count).Count(entry => disc.Tree.KindOf(entry) == NodeKind.Directory);

        string printed = ForeignProgram.Run("bash", "-c", $"udfinfo '{image}' 2>&1");

        Assert.DoesNotContain("arning", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("rror", printed, StringComparison.Ordinal);
        Assert.Contains($"numdirs={directories}\n", printed, StringComparison.Ordinal);
        Assert.Contains($"udfrev={(int)revision >> 8:X}.{(int)revision & 255:X2}\n", printed, StringComparison.Ordinal);
        Assert.Contains("label=Family archive 2026\n", printed, StringComparison.Ordinal);
        Assert.Contains("integrity=closed\n", printed, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Udfdump_walks_the_tree(string name, UdfRevision revision, bool udfSymlinks)
    {
        ForeignProgram.PathOf("udfdump");
        MasteredDisc disc = Sample(name, revision, udfSymlinks);
        string image = disc.Write(_temp);

        string printed = ForeignProgram.Run("bash", "-c", $"udfdump -t -b 2048 '{image}' 2>&1");

        Assert.Equal(
            UdfFiles(disc),
            printed.Split('\n').Count(line => line.StartsWith(":Rootdir", StringComparison.Ordinal)));
        Assert.DoesNotMatch("(?i)crc.*(error|fail|bad|mismatch)|invalid|corrupt", printed.Replace(":Rootdir", "\n:Rootdir", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Seven_zip_tests_and_extracts_both_file_systems(string name, UdfRevision revision, bool udfSymlinks)
    {
        ForeignProgram.PathOf("7z");
        MasteredDisc disc = Sample(name, revision, udfSymlinks);
        string image = disc.Write(_temp);

        string iso = ForeignProgram.Run("7z", "t", "-tIso", image);
        Assert.Contains("Everything is Ok", iso, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", iso, StringComparison.Ordinal);
        if (udfSymlinks)
        {
            return; // known: it opens no UDF volume with links
        }

        string udf = ForeignProgram.Run("7z", "t", "-tUdf", image);
        Assert.Contains("Everything is Ok", udf, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", udf, StringComparison.Ordinal);
        if (name != "hostile")
        {
            ForeignProgram.Run("7z", "x", "-tUdf", "-y", $"-o{_temp["out"]}", image);
            AssertSameFiles(disc, _temp["out"]);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("short links")]
    [InlineData("hostile")]
    [InlineData("deep")]
    public void Xorriso_finds_the_same_tree(string name)
    {
        ForeignProgram.PathOf("xorriso");
        MasteredDisc disc = Sample(name, UdfRevision.Udf201, false, withInvalid: false);
        string image = disc.Write(_temp);
        string tree = disc.Unpack(_temp);

        string printed = ForeignProgram.Run(
            "bash", "-c", $"xorriso -report_about NOTE -indev 'stdio:{image}' -disk_dev_ino off -compare_r '{tree}' / -- -check_media use=indev -- 2>&1");

        // Owners and times are not those of the files that were just written; content, names, types and targets are.
        string[] differences = [.. printed.Split('\n').Where(line => line.Contains("content", StringComparison.Ordinal) || line.Contains("only in", StringComparison.OrdinalIgnoreCase)
            || line.Contains("cannot find", StringComparison.OrdinalIgnoreCase) || line.Contains("WARNING", StringComparison.Ordinal) || line.Contains("FAILURE", StringComparison.Ordinal)
            || line.Contains("different type", StringComparison.Ordinal) || line.Contains("st_size", StringComparison.Ordinal))];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(20)) + printed[..Math.Min(printed.Length, 2000)]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("short links")]
    [InlineData("hostile")]
    [InlineData("less deep")]
    [InlineData("deep")] // moved directories in moved ones: it reads them as they lie, before the links to them
    public void Bsdtar_extracts_the_same_tree(string name)
    {
        ForeignProgram.PathOf("bsdtar");
        MasteredDisc disc = Sample(name, UdfRevision.Udf201, false, withInvalid: false);
        string image = disc.Write(_temp);
        Directory.CreateDirectory(_temp["out"]);

        ForeignProgram.Run("bsdtar", "xf", image, "-C", _temp["out"], "--no-same-owner");

        string tree = disc.Unpack(_temp);
        ForeignProgram.Run("diff", "-r", "--no-dereference", tree, _temp["out"]);
    }

    // Not the samples with links: targets of some 500 bytes make isovfy crash.
    [Theory]
    [InlineData("plain")]
    [InlineData("hostile")]
    [InlineData("deep")]
    public void Isoinfo_and_isovfy_find_nothing_wrong(string name)
    {
        ForeignProgram.PathOf("isovfy");
        MasteredDisc disc = Sample(name, UdfRevision.Udf201, false);
        string image = disc.Write(_temp);

        Assert.Contains("No errors found", ForeignProgram.Run("bash", "-c", $"isovfy '{image}' 2>&1"), StringComparison.Ordinal);
        string described = ForeignProgram.Run("isoinfo", "-d", "-i", image);
        Assert.Contains("Joliet with UCS level 3 found", described, StringComparison.Ordinal);
        Assert.Contains("Rock Ridge signatures version 1 found", described, StringComparison.Ordinal);
        Assert.Contains("Volume id: FAMILY_ARCHIVE_2026\n", described, StringComparison.Ordinal);
        int links = Enumerable.Range(0, disc.Tree.Count).Count(entry => disc.Tree.KindOf(entry) == NodeKind.Symlink);
        Assert.Equal(disc.Tree.Count - 1 - links, ForeignProgram.Run("isoinfo", "-J", "-f", "-i", image).Split('\n').Count(line => line.StartsWith('/')));
    }

    [Fact]
    public void Grub_reads_a_file()
    {
        ForeignProgram.PathOf("grub-fstest");
        MasteredDisc disc = SampleTrees.Plain();
        string image = disc.Write(_temp);
        _temp.Write("sea.jpg", SimulatedDisc.Pattern(70_000));

        ForeignProgram.Run("grub-fstest", image, "cmp", "(loop0)/DATA/photos/sea.jpg", _temp["sea.jpg"]);
    }

    [Theory]
    [InlineData(UdfRevision.Udf102)]
    [InlineData(UdfRevision.Udf201)]
    [InlineData(UdfRevision.Udf250)]
    public void Udfclient_extracts_the_same_files(UdfRevision revision)
    {
        ForeignProgram.PathOf("udfclient");
        MasteredDisc disc = Sample("plain", revision, false);
        disc.Write(_temp);
        Directory.CreateDirectory(_temp["out"]);
        const string get = """
            name=$(printf 'ls\nquit\n' | udfclient -b 2048 ../disc.iso | sed -nE 's/^drwx\S+ +\S+ +\S+ +\S+ +//p' | head -1)
            printf 'cd "%s"\nmget DATA ARCHIVE README.TXT\nquit\n' "$name" | udfclient -b 2048 ../disc.iso
            """;

        ForeignProgram.RunIn(_temp["out"], "bash", "-c", get);

        // It writes names beyond ASCII in a way of its own.
        File.Move(Directory.GetFiles(Path.Combine(_temp["out"], "DATA/photos"), "Gr*").Single(), Path.Combine(_temp["out"], "DATA/photos/Größe – 日本.txt"));
        AssertSameFiles(disc, _temp["out"]);
    }

    public void Dispose() => _temp.Dispose();

    // It prints all but directories.
    private static int UdfFiles(MasteredDisc disc) => Enumerable.Range(1, disc.Tree.Count - 1).Count(entry => disc.Tree.KindOf(entry) switch
    {
        NodeKind.Directory => false,
        NodeKind.Symlink => disc.Options.UdfSymlinks,
        _ => true,
    });

    private static MasteredDisc Sample(string name, UdfRevision revision, bool udfSymlinks, bool withInvalid = true)
    {
        LayoutOptions options = new() { Revision = revision, UdfSymlinks = udfSymlinks };
        return name switch
        {
            "plain" => SampleTrees.Plain(options),
            "links" => SampleTrees.Links(options),
            "short links" => SampleTrees.Links(options, withLong: false),
            "hostile" => SampleTrees.Hostile(options, withInvalid),
            "less deep" => SampleTrees.Deep(options, levels: 10),
            _ => SampleTrees.Deep(options),
        };
    }

    private static void AssertSameFiles(MasteredDisc disc, string extracted)
    {
        string[] expected = [.. Enumerable.Range(1, disc.Tree.Count - 1).Where(entry => disc.Tree.ContentOf(entry) >= 0)
            .Select(entry => $"{Encoding.UTF8.GetString(disc.PathOf(entry))} {Convert.ToHexString(SHA256.HashData(disc.Contents[disc.Tree.ContentOf(entry)]))}").Order(StringComparer.Ordinal)];
        string[] found = [.. Directory.EnumerateFiles(extracted, "*", SearchOption.AllDirectories)
            .Select(path => $"{path[(extracted.Length + 1)..]} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}").Order(StringComparer.Ordinal)];
        Assert.Equal(expected, found);
    }
}
