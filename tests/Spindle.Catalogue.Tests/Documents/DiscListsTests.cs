// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Catalogue.Tests.Documents;

/// <summary>What a disc says of itself and its files, as format.txt tells it.</summary>
public sealed class DiscListsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task The_table_of_files_has_each_digit_of_a_mode()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes");
        Write("source/plain", "plain", mode: 0x1EC); // 0754
        Write("source/special", "special", mode: 0x9D3); // 04723

        string[] lines = Lines(await WrittenAsync(_directory["source"]), "ARCHIVE/files.tsv");

        Assert.Equal("path\ttype\tsize\tmtime\tmode", string.Join('\t', lines[0].Split('\t')[..5]));
        Assert.Equal([("plain", "f", "5", "0754"), ("special", "f", "7", "4723")], lines[1..].Select(line => line.Split('\t')).Select(line => (line[0], line[1], line[2], line[4])));
    }

    [Fact]
    public async Task The_readme_counts_the_files_and_the_bytes_that_the_disc_holds()
    {
        Write("source/one", new string('1', 1500));
        Write("source/two", new string('2', 2500));
        Write("source/copy of two", new string('2', 2500)); // the same content: it lies there once
        Write("source/empty", "");

        string[] lines = Lines(await WrittenAsync(_directory["source"]), "README.TXT");

        Assert.Equal("Holds:      4 files, 4,000 bytes", Assert.Single(lines, line => line.StartsWith("Holds:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_table_of_names_tells_a_name_of_UDF_only_where_it_is_another()
    {
        string tooLong = new('n', 255); // UDF has room for 254 characters, and marks what it cuts
        Write("source/small letters", "small");
        Write($"source/{tooLong}", "long");
        Write("source/LARGE.TXT", "large");

        string[] lines = Lines(await WrittenAsync(_directory["source"]), "ARCHIVE/names.tsv");

        Assert.Equal("iso9660\tname\tudf", lines[0]);
        Dictionary<string, string> udf = lines[1..].Select(line => line.Split('\t')).ToDictionary(line => line[1], line => line[2]);
        Assert.Equal("-", udf["DATA/small letters"]);
        Assert.StartsWith("/DATA/nnn", udf[$"DATA/{tooLong}"], StringComparison.Ordinal);
        Assert.DoesNotContain("DATA/LARGE.TXT", udf.Keys);
    }

    [Fact]
    public async Task Each_file_is_read_from_the_tree_that_it_stands_in()
    {
        // Names of one length, and of which one begins as another does.
        string[] trees = ["ab", "cd", "abc"];
        foreach (string tree in trees)
        {
            Write($"{tree}/file", $"file of {tree}");
            Write($"{tree}/only {tree}", $"only in {tree}");
        }

        Volume volume = await WrittenAsync([.. trees.Select(tree => _directory[tree])]);

        foreach (string tree in trees)
        {
            Assert.Equal($"file of {tree}", Text(volume, $"DATA/{tree}/file"));
            Assert.Equal($"only in {tree}", Text(volume, $"DATA/{tree}/only {tree}"));
        }
    }

    public void Dispose() => _directory.Dispose();

    private static string[] Lines(Volume volume, string path) => Text(volume, path).TrimEnd('\n').ReplaceLineEndings("\n").Split('\n');

    private static string Text(Volume volume, string path)
    {
        using StreamReader reader = new(volume.OpenContent(volume.Find(path)!), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private void Write(string name, string text, int? mode = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_directory[name])!);
        File.WriteAllText(_directory[name], text);
        if (mode is { } bits && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory[name], (UnixFileMode)bits);
        }
    }

    private async Task<Volume> WrittenAsync(params string[] sources)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = sources, Job = "Lists" }, new Progress<WorkProgress>(), default);
        PlannedDisc disc = Assert.Single((await new Planner(database, TimeProvider.System).RunAsync(
            new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None)).Discs);
        WriteResult written = await new DiscWriter(database, TimeProvider.System).WriteAsync(
            new() { Disc = disc.Number, Directory = _directory.Path }, new Progress<WorkProgress>(), CancellationToken.None);
        Assert.True(written.IsGood);
        return Volume.Open(ImageFile.Open(written.Image!), new() { View = VolumeView.RockRidge })!; // it was just written
    }
}
