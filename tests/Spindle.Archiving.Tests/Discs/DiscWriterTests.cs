// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Formats.Analysis;
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Discs;

/// <summary>What was planned is what is written, to the sector, and every file is in it.</summary>
public sealed class DiscWriterTests
{
    // Every image is flushed to its storage: there the test would spend its time.
    private const string Memory = "/dev/shm";

    // Names that one file system or another can't have, or takes for the same.
    private static readonly string[] Names =
        ["a", "A", "b.txt", "B.TXT", "ä", "a\u0308", "name with blanks", "very." + new string('x', 200), "日本語", "😀", "semi;colon", "co:lon", "q?", "*", "-", "trailing.", "new\nline", "back\\slash"];

    [Fact]
    [Slow("whole archives of random trees")]
    public async Task Random_trees_come_out_as_planned()
    {
        bool isLarge = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1";
        for (int seed = 0; seed < (isLarge ? 500 : 40); seed++)
        {
            using TempDirectory directory = Directory.Exists(Memory) ? new(Memory) : new();
            try
            {
                await JudgeAsync(directory, new(seed));
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
    }

    [Fact]
    public async Task Parts_take_no_name_that_another_file_has()
    {
        using TempDirectory directory = new();
        string tree = Directory.CreateDirectory(directory["tree"]).FullName;
        byte[] large = RandomNumberGenerator.GetBytes(5_000_000);
        File.WriteAllBytes(Path.Combine(tree, "x"), large);
        File.WriteAllText(Path.Combine(tree, "x.001of002"), "not a part");
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(directory["catalogue.db"]);
        await ScanAsync(database, tree);

        SortedDictionary<string, byte[]> found = await PlanAndWriteAsync(database, directory.Path, 2000);

        Assert.Equal(["x.0001of0002", "x.0002of0002", "x.001of002"], found.Keys);
        Assert.Equal(large, (byte[])[.. found["x.0001of0002"], .. found["x.0002of0002"]]);
        Assert.Equal("not a part", Encoding.UTF8.GetString(found["x.001of002"]));
    }

    [Fact]
    public async Task A_file_is_not_divided_whose_parts_would_have_names_that_are_too_long()
    {
        using TempDirectory directory = new();
        string tree = Directory.CreateDirectory(directory["tree"]).FullName;
        string name = new('n', 240);
        File.WriteAllBytes(Path.Combine(tree, name), RandomNumberGenerator.GetBytes(5_000_000));
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(directory["catalogue.db"]);
        await ScanAsync(database, tree);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => PlanAndWriteAsync(database, directory.Path, 2000));

        Assert.Equal("name-too-long", e.Failure.Code);
        File.Move(Path.Combine(tree, name), Path.Combine(tree, name[1..]));
        await ScanAsync(database, tree);
        Assert.Equal([$"{name[1..]}.001of002", $"{name[1..]}.002of002"], (await PlanAndWriteAsync(database, directory.Path, 2000)).Keys);
    }

    [Fact]
    public async Task A_disc_that_was_withdrawn_is_not_made()
    {
        using TempDirectory directory = new();
        string tree = Directory.CreateDirectory(directory["tree"]).FullName;
        File.WriteAllText(Path.Combine(tree, "x"), "x");
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(directory["catalogue.db"]);
        await ScanAsync(database, tree);
        await PlanAndWriteAsync(database, directory.Path, 2000);
        database.Run("UPDATE disc SET status = 'withdrawn'");

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => new DiscWriter(database, TimeProvider.System).WriteAsync(
            new() { Disc = 0, Directory = directory.Path, Overwrite = true }, new Silent<WorkProgress>(), CancellationToken.None));

        Assert.Equal("disc-withdrawn", e.Failure.Code);
    }

    private static async Task JudgeAsync(TempDirectory directory, Random random)
    {
        string tree = Directory.CreateDirectory(directory["tree"]).FullName;
        Fill(tree, random, depth: 0);
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(directory["catalogue.db"]);
        await ScanAsync(database, tree);
        SortedDictionary<string, byte[]> found = await PlanAndWriteAsync(database, directory.Path, random.Next(1200, 4000));

        // A file lies on a disc under its own name, or another one does that has the same contents.
        Dictionary<string, byte[]> whole = Joined(found);
        HashSet<string> contents = [.. whole.Values.Select(HashOf)];
        Dictionary<string, string> expected = Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(tree, file), file => HashOf(File.ReadAllBytes(file)));
        Assert.All(whole, file => Assert.Equal(expected[file.Key], HashOf(file.Value)));
        Assert.All(expected, file => Assert.Contains(file.Value, contents));
    }

    private static Task<ScanResult> ScanAsync(CatalogueDatabase database, string tree) =>
        new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [tree], Job = "Random" }, new Silent<WorkProgress>(), CancellationToken.None);

    /// <returns>What the discs show below DATA.</returns>
    private static async Task<SortedDictionary<string, byte[]>> PlanAndWriteAsync(CatalogueDatabase database, string directory, long sectors)
    {
        PlanResult plan = new Planner(database, TimeProvider.System).Plan(
            new() { Capacity = new($"{sectors}s", sectors), SplitsFiles = true, Tool = "spindle test" }, new Silent<WorkProgress>(), CancellationToken.None);
        SortedDictionary<string, byte[]> found = new(StringComparer.Ordinal);
        foreach (PlannedDisc disc in plan.Discs)
        {
            WriteResult written = await new DiscWriter(database, TimeProvider.System).WriteAsync(
                new() { Disc = disc.Number, Directory = directory }, new Silent<WorkProgress>(), CancellationToken.None);
            Assert.True(written.IsGood);
            Assert.Equal(disc.Sectors * 2048, new FileInfo(written.Image!).Length);
            Assert.InRange(disc.Sectors, 1, sectors);
            Collect(written.Image!, found);
        }

        return found;
    }

    /// <summary>Files of all sizes, some of the same contents, some larger than a disc.</summary>
    private static void Fill(string directory, Random random, int depth)
    {
        foreach (string name in random.GetItems(Names, random.Next(0, 12)).Distinct())
        {
            string path = Path.Combine(directory, name);
            if (depth < 12 && random.Next(2 + (2 * depth)) == 0)
            {
                Fill(Directory.CreateDirectory(path).FullName, random, depth + 1);
                continue;
            }

            long size = random.Next(20) switch
            {
                0 when depth < 2 => random.Next(2_000_000, 12_000_000),
                < 4 => 0,
                < 8 => 2048 * random.Next(1, 20),
                _ => random.Next(1, 100_000),
            };
            using FileStream file = File.Create(path);
            file.Write(Encoding.ASCII.GetBytes(random.Next(30).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            file.SetLength(size);
        }
    }

    private static void Collect(string image, SortedDictionary<string, byte[]> found)
    {
        using ImageFile file = ImageFile.Open(image);
        Assert.Empty(DiscAnalyzer.Analyze(file).Findings.Items);
        Volume volume = Volume.Open(file, new() { View = VolumeView.RockRidge })!;
        foreach (VolumeEntry entry in volume.Walk().Where(entry => entry.Type == EntryType.File && entry.Path.StartsWith("/DATA/", StringComparison.Ordinal)))
        {
            using Stream content = volume.OpenContent(entry);
            byte[] bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            found.Add(entry.Path["/DATA/".Length..], bytes);
        }
    }

    private static Dictionary<string, byte[]> Joined(SortedDictionary<string, byte[]> found)
    {
        Dictionary<string, byte[]> whole = [];
        foreach ((string path, byte[] bytes) in found)
        {
            Match part = Regex.Match(path, @"^(.*)\.\d{3}of\d{3}$", RegexOptions.Singleline);
            string name = part.Success ? part.Groups[1].Value : path;
            whole[name] = whole.TryGetValue(name, out byte[]? before) ? [.. before, .. bytes] : bytes;
        }

        return whole;
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    private sealed class Silent<T> : IProgress<T>
    {
        public void Report(T value)
        {
        }
    }
}
